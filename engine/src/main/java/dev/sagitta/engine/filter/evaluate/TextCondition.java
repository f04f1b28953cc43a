package dev.sagitta.engine.filter.evaluate;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.ColumnSource;
import dev.sagitta.engine.column.StringColumn;
import dev.sagitta.engine.scalarindex.ScalarTest;
import dev.sagitta.engine.text.TextAnalyzer;
import dev.sagitta.engine.text.TextQuery;
import java.util.Optional;

/** A test of the tokens of a VarChar field's texts. Without an index each text is cut again. */
public record TextCondition(long fieldId, TextAnalyzer analyzer, TextQuery query)
    implements Condition {
  private static final int COST = 20_000;

  public TextCondition {
    requireNonNull(analyzer, "analyzer is null");
    requireNonNull(query, "query is null");
  }

  @Override
  public Matcher open(ColumnSource columns) {
    StringColumn texts = (StringColumn) columns.column(fieldId);
    return Condition.rowByRow(row -> query.matches(analyzer.tokens(texts.stringAt(row))));
  }

  @Override
  public Optional<IndexableTest> indexableTest() {
    return Optional.of(IndexableTest.same(fieldId, new ScalarTest.Text(query)));
  }

  @Override
  public int cost() {
    return COST;
  }
}

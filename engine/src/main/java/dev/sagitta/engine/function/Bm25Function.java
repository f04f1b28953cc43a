package dev.sagitta.engine.function;

import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnBuilder;
import dev.sagitta.engine.column.ColumnSource;
import dev.sagitta.engine.column.StringColumn;
import dev.sagitta.engine.column.VectorColumn;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.text.TermFrequencies;
import dev.sagitta.engine.text.TextAnalyzer;
import dev.sagitta.engine.text.TextAnalyzers;
import dev.sagitta.engine.time.Deadline;
import java.util.List;
import java.util.Map;

/** How often each term occurs in a text, as a sparse vector; a null text has no terms. */
final class Bm25Function implements FieldFunction {
  @Override
  public Column outputs(
      FunctionContext context, ColumnSource rows, int rowCount, Deadline deadline) {
    FieldSchema input = context.input();
    StringColumn texts = (StringColumn) rows.column(input.id());
    TextAnalyzer analyzer = TextAnalyzers.of(input.analyzerParameters());
    ColumnBuilder vectors = ColumnBuilder.forField(context.output(), rowCount);
    for (int row = 0; row < rowCount; row++) {
      append(analyzer, texts.isNull(row) ? "" : texts.stringAt(row), vectors);
    }
    return vectors.build();
  }

  @Override
  public VectorColumn queries(
      FunctionContext context,
      List<String> texts,
      Map<String, String> searchParameters,
      Deadline deadline) {
    TextAnalyzer analyzer = TextAnalyzers.of(context.input().analyzerParameters());
    ColumnBuilder vectors = ColumnBuilder.forField(context.output(), texts.size());
    for (String text : texts) {
      append(analyzer, text, vectors);
    }
    return (VectorColumn) vectors.build();
  }

  private static void append(TextAnalyzer analyzer, String text, ColumnBuilder vectors) {
    TermFrequencies terms = analyzer.termFrequencies(text);
    vectors.appendSparseVector(terms.termIds(), terms.counts(), terms.termIds().length);
  }
}

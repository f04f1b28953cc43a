package dev.sagitta.engine.function;

import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnBuilder;
import dev.sagitta.engine.column.ColumnSource;
import dev.sagitta.engine.column.StringColumn;
import dev.sagitta.engine.column.VectorColumn;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.text.MultiAnalyzer;
import dev.sagitta.engine.text.TermFrequencies;
import dev.sagitta.engine.text.TextAnalyzer;
import dev.sagitta.engine.text.TextAnalyzers;
import dev.sagitta.engine.time.Deadline;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** How often each term occurs in a text, as a sparse vector; a null text has no terms. */
final class Bm25Function implements FieldFunction {
  /** The search's parameter that names one of several analyzers. */
  private static final String ANALYZER_NAME = "analyzer_name";

  @Override
  public Column outputs(
      FunctionContext context, ColumnSource rows, int rowCount, Deadline deadline) {
    FieldSchema input = context.input();
    StringColumn texts = (StringColumn) rows.column(input.id());
    IntFunction<TextAnalyzer> analyzers = analyzersOfRows(context, rows);
    ColumnBuilder vectors = ColumnBuilder.forField(context.output(), rowCount);
    for (int row = 0; row < rowCount; row++) {
      append(analyzers.apply(row), texts.isNull(row) ? "" : texts.stringAt(row), vectors);
    }
    return vectors.build();
  }

  private static IntFunction<TextAnalyzer> analyzersOfRows(
      FunctionContext context, ColumnSource rows) {
    FieldSchema input = context.input();
    Optional<MultiAnalyzer> several = input.multiAnalyzer();
    if (several.isEmpty()) {
      TextAnalyzer analyzer = TextAnalyzers.of(input.analyzerParameters());
      return _ -> analyzer;
    }
    FieldSchema naming = context.schema().field(several.get().byField()).orElseThrow();
    StringColumn names = (StringColumn) rows.column(naming.id());
    return row ->
        several.get().get(names.isNull(row) ? MultiAnalyzer.DEFAULT : names.stringAt(row));
  }

  @Override
  public VectorColumn queries(
      FunctionContext context,
      List<String> texts,
      Map<String, String> searchParameters,
      Deadline deadline) {
    FieldSchema input = context.input();
    String name = searchParameters.getOrDefault(ANALYZER_NAME, MultiAnalyzer.DEFAULT);
    TextAnalyzer analyzer =
        input
            .multiAnalyzer()
            .map(several -> several.get(name))
            .orElseGet(() -> TextAnalyzers.of(input.analyzerParameters()));
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

package dev.sagitta.engine.scalarindex.words;

import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.StringColumn;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.scalarindex.ScalarIndex;
import dev.sagitta.engine.scalarindex.ScalarIndexType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.text.TextAnalyzers;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CancellationException;

/**
 * The text index of fields with {@code enable_match}. It comes and goes with its field: clients
 * neither create nor list nor drop it.
 */
public final class TextIndexType implements ScalarIndexType {
  public static final String NAME = "TEXT_MATCH";

  private static final int STEP_ROWS = 256;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, String> validate(FieldSchema field, Map<String, String> parameters) {
    if (!field.matched()) {
      throw SagittaException.invalidParameter(
          "field \"" + field.name() + "\" does not enable match");
    }
    return parameters;
  }

  @Override
  public void build(
      FieldSchema field,
      Map<String, String> parameters,
      Column column,
      IndexFileIdentity identity,
      BuildProgress progress,
      Path target)
      throws IOException {
    StringColumn texts = (StringColumn) column;
    GrowingWords words = new GrowingWords(TextAnalyzers.of(field.analyzerParameters()));
    while (words.rowCount() < texts.rowCount()) {
      if (progress.cancelled()) {
        throw new CancellationException("index build cancelled: field=" + field.name());
      }
      words.append(texts, Math.min(texts.rowCount(), words.rowCount() + STEP_ROWS));
      progress.rowsIndexed(words.rowCount());
    }
    TextIndexFile.write(target, identity, NAME, words);
  }

  @Override
  public ScalarIndex open(MemorySegment file, int rowCount, IndexFileIdentity expected) {
    return new TextIndex(TextIndexFile.open(file, NAME, rowCount, expected));
  }
}

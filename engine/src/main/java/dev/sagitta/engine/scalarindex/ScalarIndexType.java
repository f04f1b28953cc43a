package dev.sagitta.engine.scalarindex;

import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.schema.FieldSchema;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Map;

/**
 * One family of scalar indexes: validates parameters, builds a file, opens it from a memory map.
 * Found by name in {@link ScalarIndexTypes}.
 */
public interface ScalarIndexType {
  /** Milvus's name: INVERTED, BITMAP... */
  String name();

  /**
   * Checks that the family can index the field with these parameters.
   *
   * @return the parameters with defaults
   * @throws dev.sagitta.engine.error.SagittaException code 1100 or 1101, naming the culprit
   */
  Map<String, String> validate(FieldSchema field, Map<String, String> parameters);

  /**
   * Builds an index of all rows of the column and writes it to {@code target}, synced to disk.
   * Temporary files lie beside it and are gone at the end.
   *
   * @param parameters as {@link #validate} returned them
   * @param identity what the file belongs to, written into its header
   * @param progress receives progress and is asked for cancellation
   */
  void build(
      FieldSchema field,
      Map<String, String> parameters,
      Column column,
      IndexFileIdentity identity,
      BuildProgress progress,
      Path target)
      throws IOException;

  /**
   * Opens an index file mapped at {@code file}. Nothing is parsed or copied beyond its header,
   * footer and description.
   *
   * @param rowCount rows of the segment
   * @throws dev.sagitta.engine.storage.CorruptFileException and its siblings for unusable files
   */
  ScalarIndex open(MemorySegment file, int rowCount, IndexFileIdentity expected);
}

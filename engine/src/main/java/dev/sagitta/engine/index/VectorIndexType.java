package dev.sagitta.engine.index;

import dev.sagitta.engine.column.VectorColumn;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.MetricType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Map;

/**
 * One family of vector indexes: validates parameters, builds a file, opens it from a memory map.
 * Found by name in {@code VectorIndexTypes}; adding a family is adding a package and one line
 * there.
 */
public interface VectorIndexType {
  /** Milvus's name: FLAT, HNSW... */
  String name();

  /** Whether searches compare the query with every row, so that results are exact. */
  default boolean exact() {
    return false;
  }

  /** Whether the family can index vectors of this type with this metric. */
  boolean supports(DataType type, MetricType metric);

  /**
   * Checks build parameters and adds defaults.
   *
   * @throws dev.sagitta.engine.error.SagittaException code 1100, naming parameter, value and range
   */
  Map<String, String> validateBuildParameters(Map<String, String> parameters, int dimension);

  /**
   * Checks search parameters for a search of {@code topK} rows.
   *
   * @throws dev.sagitta.engine.error.SagittaException code 1100, naming parameter, value and range
   */
  void validateSearchParameters(IndexSearchParameters parameters, int topK);

  /**
   * Builds an index of all rows of the column and writes it to {@code target}, synced to disk.
   *
   * @param identity what the file belongs to, written into its header
   * @param progress receives progress and is asked for cancellation
   */
  void build(
      VectorColumn vectors,
      MetricType metric,
      Map<String, String> parameters,
      IndexFileIdentity identity,
      BuildProgress progress,
      Path target)
      throws IOException;

  /**
   * Opens an index file mapped at {@code file} (64-byte aligned). Nothing is parsed or copied
   * beyond header and footer.
   *
   * @param vectors the segment's raw vectors, for families whose file does not hold them
   * @throws dev.sagitta.engine.storage.CorruptFileException and its siblings for unusable files
   */
  VectorIndex open(MemorySegment file, VectorColumn vectors, IndexFileIdentity expected);

  /** Whether searches are made for a file that stays on the disk, so that it is not loaded. */
  default boolean readsFromDisk() {
    return false;
  }

  /**
   * Reads the whole file and checks all its checksums; to be called once when a file was built or
   * downloaded, since {@link #open} checks only what it reads.
   *
   * @throws dev.sagitta.engine.storage.CorruptFileException and its siblings for unusable files
   */
  default void verify(MemorySegment file, IndexFileIdentity expected) {
    IndexDescription.openFile(file, name(), expected).verify();
  }
}

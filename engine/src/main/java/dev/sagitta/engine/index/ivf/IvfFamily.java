package dev.sagitta.engine.index.ivf;

import dev.sagitta.engine.column.PackedVectorColumn;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.MetricType;
import java.util.Map;
import java.util.Optional;

/** What one type of inverted file has of its own: the form in which rows lie in the lists. */
interface IvfFamily {
  /** Milvus's name of the type. */
  String name();

  /** Version of the file's blocks; changes whenever the family changes anything in them. */
  default int version() {
    return 1;
  }

  boolean supports(DataType type, MetricType metric);

  /** The family's own build parameters, complete. */
  default Map<String, String> validateBuildParameters(
      Map<String, String> parameters, int dimension) {
    return Map.of();
  }

  /** Checks the family's own search parameters. */
  default void validateSearchParameters(IndexSearchParameters parameters, int topK) {
    // Most have none but those of all inverted files.
  }

  /** Lists begin at multiples of this position; a power of two. */
  default int alignment() {
    return 1;
  }

  /** Learns how to store the rows in their lists. */
  RowEncoding encoding(IvfInput input, BuildProgress progress);

  /** Learns how to store rows a second time, more exactly, if the parameters ask for it. */
  default Optional<RowEncoding> refinement(IvfInput input, BuildProgress progress) {
    return Optional.empty();
  }

  /** Whether the best rows are compared once more in the segment's own vectors. */
  default boolean reranksInColumn(IvfInput input) {
    return false;
  }

  /** Opens what {@link #encoding} wrote. */
  RowScanning scanning(IvfLists lists, PackedVectorColumn vectors);

  /** Opens what compares the best rows once more; empty if scans are as exact as it gets. */
  default Optional<RowScanning> reranking(IvfLists lists, PackedVectorColumn vectors) {
    return Optional.empty();
  }

  /**
   * How many of the best rows of the scan are compared once more.
   *
   * @param wanted rows that the search wants
   */
  default int candidates(IndexSearchParameters parameters, int wanted) {
    return wanted;
  }

  /** To how many bits a number of the query is rounded; 0 for not at all. */
  default int queryBits(IndexSearchParameters parameters) {
    return 0;
  }
}

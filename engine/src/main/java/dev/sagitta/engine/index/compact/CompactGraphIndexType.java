package dev.sagitta.engine.index.compact;

import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.column.VectorColumn;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.ExactScan;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.index.IndexParameters;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.VectorIndex;
import dev.sagitta.engine.index.VectorIndexType;
import dev.sagitta.engine.index.hnsw.HnswParameters;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.MetricType;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The COMPACT_GRAPH index type, an addition of ours to Milvus's: takes the parameters of HNSW, with
 * defaults that fit its blocks of 32 links. See {@link CompactGraphFile} for its file.
 */
public final class CompactGraphIndexType implements VectorIndexType {
  public static final String NAME = "COMPACT_GRAPH";

  /** Build parameters of an index that the client leaves to us. */
  public static final Map<String, String> AUTOMATIC =
      Map.of(HnswParameters.M, "16", HnswParameters.EF_CONSTRUCTION, "200");

  /** What a search keeps if the client does not say. */
  private static final int EF_DEFAULT = 160;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean supports(DataType type, MetricType metric) {
    return switch (type) {
      case FLOAT_VECTOR, FLOAT16_VECTOR, BFLOAT16_VECTOR, INT8_VECTOR ->
          ExactScan.supports(type, metric);
      default -> false;
    };
  }

  @Override
  public Map<String, String> validateBuildParameters(
      Map<String, String> parameters, int dimension) {
    Map<String, String> complete = new HashMap<>(AUTOMATIC);
    complete.putAll(parameters);
    complete.putAll(HnswParameters.of(complete).toMap());
    return Map.copyOf(complete);
  }

  @Override
  public void validateSearchParameters(IndexSearchParameters parameters, int topK) {
    efOf(parameters, topK);
  }

  private static int efOf(IndexSearchParameters parameters, int minimum) {
    return IndexParameters.integer(
        parameters.values(), HnswParameters.EF, EF_DEFAULT, minimum, Integer.MAX_VALUE);
  }

  /**
   * How many candidates a search keeps: what the client says, but never fewer than wanted, since
   * more than the client's top-k may be wanted of one segment.
   */
  static int candidates(IndexSearchParameters parameters, int wanted) {
    return Math.max(wanted, efOf(parameters, 1));
  }

  @Override
  public void build(
      VectorColumn vectors,
      MetricType metric,
      Map<String, String> parameters,
      IndexFileIdentity identity,
      BuildProgress progress,
      Path target)
      throws IOException {
    HnswParameters checked = HnswParameters.of(parameters);
    try (Arena arena = Arena.ofShared()) {
      CompactGraphBuilder.Built built =
          CompactGraphBuilder.build(arena, (DenseVectorColumn) vectors, metric, checked, progress);
      CompactGraphFile.write(built, checked, vectors.rowCount(), identity, target);
    }
  }

  @Override
  public VectorIndex open(MemorySegment file, VectorColumn vectors, IndexFileIdentity expected) {
    return CompactGraphFile.open(file, vectors, expected);
  }
}

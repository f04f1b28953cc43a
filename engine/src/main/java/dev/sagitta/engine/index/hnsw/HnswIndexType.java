package dev.sagitta.engine.index.hnsw;

import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.column.VectorColumn;
import dev.sagitta.engine.column.VectorListColumn;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.ExactScan;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.index.IndexParameters;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.VectorIndex;
import dev.sagitta.engine.index.VectorIndexType;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.MetricType;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The HNSW index type; see {@link HnswIndexFile} for its file. */
public final class HnswIndexType implements VectorIndexType {
  public static final String NAME = "HNSW";

  /** Build parameters of an index that the client leaves to us. */
  public static final Map<String, String> AUTOMATIC =
      Map.of(HnswParameters.M, "18", HnswParameters.EF_CONSTRUCTION, "240");

  /**
   * What a search keeps if the client does not say: enough for nine and a half of ten true
   * neighbours on word vectors, which are harder than most.
   */
  static final int EF_DEFAULT = 128;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean supports(DataType type, MetricType metric) {
    return switch (type) {
      case FLOAT_VECTOR, FLOAT16_VECTOR, BFLOAT16_VECTOR, INT8_VECTOR ->
          ExactScan.supports(type, metric);
      case ARRAY_OF_VECTOR -> metric.ofListElements().isPresent();
      default -> false;
    };
  }

  @Override
  public Map<String, String> validateBuildParameters(
      Map<String, String> parameters, int dimension) {
    Map<String, String> complete = new HashMap<>(parameters);
    complete.putAll(HnswParameters.of(parameters).toMap());
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
    if (vectors instanceof VectorListColumn lists) {
      DenseVectorColumn elements = new ListElements(lists).column();
      BuildProgress ofElements =
          new ElementsProgress(progress, lists.rowCount(), elements.rowCount());
      write(elements, ofElements(metric), checked, identity, ofElements, target);
    } else {
      write((DenseVectorColumn) vectors, metric, checked, identity, progress, target);
    }
  }

  private static void write(
      DenseVectorColumn vectors,
      MetricType metric,
      HnswParameters checked,
      IndexFileIdentity identity,
      BuildProgress progress,
      Path target)
      throws IOException {
    try (Arena arena = Arena.ofShared()) {
      BuiltIndex built = BuiltIndex.build(arena, vectors, metric, checked, progress);
      HnswIndexFile.write(built, checked, vectors.rowCount(), identity, target);
    }
  }

  @Override
  public VectorIndex open(MemorySegment file, VectorColumn vectors, IndexFileIdentity expected) {
    if (!(vectors instanceof VectorListColumn lists)) {
      return HnswIndexFile.open(file, vectors, expected);
    }
    ListElements elements = new ListElements(lists);
    HnswIndex graph = HnswIndexFile.open(file, elements.column(), expected);
    return new HnswListIndex(lists, elements, ofLists(graph.metric()), graph);
  }

  private static MetricType ofElements(MetricType metric) {
    return metric
        .ofListElements()
        .orElseThrow(
            () -> new IllegalArgumentException("metric is not for lists: metric=" + metric));
  }

  private static MetricType ofLists(MetricType ofElements) {
    for (MetricType metric : MetricType.values()) {
      if (metric.ofListElements().equals(Optional.of(ofElements))) {
        return metric;
      }
    }
    throw new IllegalArgumentException("metric is not for lists: metric=" + ofElements);
  }
}

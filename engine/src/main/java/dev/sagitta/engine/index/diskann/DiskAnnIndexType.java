package dev.sagitta.engine.index.diskann;

import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.column.VectorColumn;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.index.IndexParameters;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.VectorIndex;
import dev.sagitta.engine.index.VectorIndexType;
import dev.sagitta.engine.index.code.VectorCode;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.MetricType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The DISKANN index type; see {@link DiskAnnFile} for its file.
 *
 * <p>A build keeps in memory {@code 5.2 * MaxDegree} bytes of links a row, some 20 bytes a row of
 * numbers, and per thread a byte a row of marks and the candidates of one walk. The vectors it
 * compares lie in a scratch file, see {@link DistinctVectors}.
 */
public final class DiskAnnIndexType implements VectorIndexType {
  public static final String NAME = "DISKANN";

  /** What a search keeps if the client does not say. */
  static final int SEARCH_LIST_DEFAULT = 100;

  private static final String SCRATCH_SUFFIX = ".vectors";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean readsFromDisk() {
    return true;
  }

  @Override
  public boolean supports(DataType type, MetricType metric) {
    boolean dense =
        switch (type) {
          case FLOAT_VECTOR, FLOAT16_VECTOR, BFLOAT16_VECTOR, INT8_VECTOR -> true;
          default -> false;
        };
    return dense
        && (metric == MetricType.L2 || metric == MetricType.IP || metric == MetricType.COSINE);
  }

  @Override
  public Map<String, String> validateBuildParameters(
      Map<String, String> parameters, int dimension) {
    Map<String, String> complete = new HashMap<>(parameters);
    complete.putAll(DiskAnnParameters.of(parameters).toMap());
    return Map.copyOf(complete);
  }

  @Override
  public void validateSearchParameters(IndexSearchParameters parameters, int topK) {
    searchListOf(parameters, topK);
  }

  private static int searchListOf(IndexSearchParameters parameters, int minimum) {
    return IndexParameters.integer(
        parameters.values(),
        DiskAnnParameters.SEARCH_LIST,
        SEARCH_LIST_DEFAULT,
        minimum,
        Integer.MAX_VALUE);
  }

  /**
   * How many nodes a search keeps: what the client says, but never fewer than wanted, since more
   * than the client's top-k may be wanted of one segment.
   */
  static int searchList(IndexSearchParameters parameters, int wanted) {
    return Math.max(wanted, searchListOf(parameters, 1));
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
    DiskAnnParameters checked = DiskAnnParameters.of(parameters);
    DenseVectorColumn dense = (DenseVectorColumn) vectors;
    VectorCode code = SteeringCode.train(dense, metric, checked.codeBudgetRatio(), progress);
    Path scratch = target.resolveSibling(target.getFileName() + SCRATCH_SUFFIX);
    try (OwnedMemory memory = new OwnedMemory();
        DistinctVectors distinct = DistinctVectors.of(dense, metric, progress, scratch)) {
      VamanaBuilder.Built built = VamanaBuilder.build(memory, distinct, checked, progress);
      new DiskAnnFileWriter(dense, distinct, built, code, checked.maximumDegree(), progress)
          .write(metric, checked, identity, target);
    }
    progress.rowsIndexed(vectors.rowCount());
  }

  @Override
  public VectorIndex open(MemorySegment file, VectorColumn vectors, IndexFileIdentity expected) {
    return DiskAnnFile.open(file, vectors, expected);
  }
}

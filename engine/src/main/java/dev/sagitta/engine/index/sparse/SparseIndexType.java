package dev.sagitta.engine.index.sparse;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.SparseVectorColumn;
import dev.sagitta.engine.column.VectorColumn;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.VectorIndex;
import dev.sagitta.engine.index.VectorIndexType;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.MetricType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Map;

/**
 * The families of sparse indexes, which differ in name and in their default algorithm; see {@link
 * SparseIndexFile} for their file.
 */
public final class SparseIndexType implements VectorIndexType {
  /** The family that Milvus recommends, and what AUTOINDEX means for sparse vectors. */
  public static final String INVERTED_INDEX = "SPARSE_INVERTED_INDEX";

  /** An older name, with another default algorithm. */
  public static final String WAND = "SPARSE_WAND";

  private final String name;
  private final SparseAlgorithm defaultAlgorithm;

  private SparseIndexType(String name, SparseAlgorithm defaultAlgorithm) {
    this.name = requireNonNull(name, "name is null");
    this.defaultAlgorithm = requireNonNull(defaultAlgorithm, "defaultAlgorithm is null");
  }

  /** SPARSE_INVERTED_INDEX. */
  public static SparseIndexType invertedIndex() {
    return new SparseIndexType(INVERTED_INDEX, SparseAlgorithm.DAAT_MAXSCORE);
  }

  /** SPARSE_WAND. */
  public static SparseIndexType wand() {
    return new SparseIndexType(WAND, SparseAlgorithm.DAAT_WAND);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean supports(DataType type, MetricType metric) {
    return type == DataType.SPARSE_FLOAT_VECTOR
        && (metric == MetricType.IP || metric == MetricType.BM25);
  }

  @Override
  public Map<String, String> validateBuildParameters(
      Map<String, String> parameters, int dimension) {
    return SparseBuildParameters.of(parameters, defaultAlgorithm).complete(parameters);
  }

  @Override
  public void validateSearchParameters(IndexSearchParameters parameters, int topK) {
    SparseSearchParameters.of(parameters);
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
    new SparseIndexBuilder(
            (SparseVectorColumn) vectors,
            metric,
            SparseBuildParameters.of(parameters, defaultAlgorithm),
            progress)
        .build(name, identity, target);
  }

  @Override
  public VectorIndex open(MemorySegment file, VectorColumn vectors, IndexFileIdentity expected) {
    return SparseIndexFile.open(name, file, (SparseVectorColumn) vectors, expected);
  }
}

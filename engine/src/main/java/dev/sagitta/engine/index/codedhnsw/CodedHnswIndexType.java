package dev.sagitta.engine.index.codedhnsw;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.column.VectorColumn;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.ExactScan;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.index.IndexParameters;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.VectorIndex;
import dev.sagitta.engine.index.VectorIndexType;
import dev.sagitta.engine.index.code.VectorCodes;
import dev.sagitta.engine.index.hnsw.HnswParameters;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.MetricType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** HNSW_SQ, HNSW_PQ and HNSW_PRQ; see {@link CodedHnswFile} for their files. */
public final class CodedHnswIndexType implements VectorIndexType {
  private static final int EF_DEFAULT = 128;

  private final String name;

  /** Empty if the client chooses a scalar code. */
  private final String code;

  private CodedHnswIndexType(String name, String code) {
    this.name = requireNonNull(name, "name is null");
    this.code = requireNonNull(code, "code is null");
  }

  /** All types of the family. */
  public static List<VectorIndexType> all() {
    return List.of(scalar(), product(), productResidual());
  }

  /** Scalar codes. */
  public static CodedHnswIndexType scalar() {
    return new CodedHnswIndexType("HNSW_SQ", "");
  }

  /** Product codes. */
  public static CodedHnswIndexType product() {
    return new CodedHnswIndexType("HNSW_PQ", VectorCodes.PQ);
  }

  /** Product residual codes. */
  public static CodedHnswIndexType productResidual() {
    return new CodedHnswIndexType("HNSW_PRQ", VectorCodes.PRQ);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean supports(DataType type, MetricType metric) {
    return switch (type) {
      case FLOAT_VECTOR, FLOAT16_VECTOR, BFLOAT16_VECTOR -> ExactScan.supports(type, metric);
      default -> false;
    };
  }

  @Override
  public Map<String, String> validateBuildParameters(
      Map<String, String> parameters, int dimension) {
    CodedHnswParameters checked = CodedHnswParameters.of(parameters, code);
    Map<String, String> complete =
        new HashMap<>(VectorCodes.validate(checked.code(), parameters, dimension));
    complete.putAll(checked.graph().toMap());
    complete.putIfAbsent(CodedHnswParameters.REFINE, Boolean.toString(checked.refine()));
    if (code.isEmpty()) {
      complete.put(CodedHnswParameters.SQ_TYPE, checked.code());
    }
    return Map.copyOf(complete);
  }

  @Override
  public void validateSearchParameters(IndexSearchParameters parameters, int topK) {
    efOf(parameters, topK);
    CodedHnswParameters.refineK(parameters);
  }

  private static int efOf(IndexSearchParameters parameters, int minimum) {
    return IndexParameters.integer(
        parameters.values(), HnswParameters.EF, EF_DEFAULT, minimum, Integer.MAX_VALUE);
  }

  /** What the client says, but never fewer than wanted. */
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
    CodedHnswParameters checked = CodedHnswParameters.of(parameters, code);
    CodedHnswFile.build(
        name, (DenseVectorColumn) vectors, metric, checked, parameters, identity, progress, target);
  }

  @Override
  public VectorIndex open(MemorySegment file, VectorColumn vectors, IndexFileIdentity expected) {
    return CodedHnswFile.open(name, file, (DenseVectorColumn) vectors, expected);
  }
}

package dev.sagitta.engine.index.codedhnsw;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.code.VectorCodes;
import dev.sagitta.engine.index.hnsw.HnswParameters;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Build parameters of graphs over codes.
 *
 * @param graph parameters of the graph
 * @param code name of the code
 * @param refine whether searches may rank more candidates than wanted by exact scores
 */
record CodedHnswParameters(HnswParameters graph, String code, boolean refine) {
  static final String SQ_TYPE = "sq_type";
  static final String REFINE = "refine";
  static final String REFINE_TYPE = "refine_type";
  static final String REFINE_K = "refine_k";

  private static final List<String> SCALAR_CODES =
      List.of(
          VectorCodes.SQ4U, VectorCodes.SQ6, VectorCodes.SQ8, VectorCodes.BF16, VectorCodes.FP16);
  private static final List<String> REFINE_TYPES =
      List.of(
          VectorCodes.SQ6, VectorCodes.SQ8, VectorCodes.FP16, VectorCodes.BF16, VectorCodes.FP32);

  CodedHnswParameters {
    requireNonNull(graph, "graph is null");
    requireNonNull(code, "code is null");
  }

  /**
   * Reads the parameters. The type of refinement is checked and otherwise ignored: the segment's
   * own vectors are at hand, so that refining is exact and takes no memory.
   *
   * @param fixedCode the code of the index type; empty if the client chooses a scalar one
   */
  static CodedHnswParameters of(Map<String, String> parameters, String fixedCode) {
    String code =
        fixedCode.isEmpty() ? oneOf(parameters, SQ_TYPE, VectorCodes.SQ8, SCALAR_CODES) : fixedCode;
    oneOf(parameters, REFINE_TYPE, VectorCodes.FP32, REFINE_TYPES);
    String refine = oneOf(parameters, REFINE, "FALSE", List.of("TRUE", "FALSE"));
    return new CodedHnswParameters(HnswParameters.of(parameters), code, refine.equals("TRUE"));
  }

  private static String oneOf(
      Map<String, String> parameters, String name, String defaultValue, List<String> values) {
    String value = parameters.getOrDefault(name, defaultValue).strip().toUpperCase(Locale.ROOT);
    if (!values.contains(value)) {
      throw SagittaException.invalidParameter(
          String.format("param '%s' (%s) should be one of %s", name, value, values));
    }
    return value;
  }

  /**
   * How many times as many candidates as wanted a search ranks.
   *
   * @throws SagittaException code 1100, if it is not a number of at least 1
   */
  static double refineK(IndexSearchParameters parameters) {
    String text = parameters.values().getOrDefault(REFINE_K, "1");
    double value;
    try {
      value = Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      value = Double.NaN;
    }
    if (!(value >= 1)) {
      throw SagittaException.invalidParameter(
          String.format("Out of range in json: param 'refine_k' (%s) should be at least 1", text));
    }
    return value;
  }
}

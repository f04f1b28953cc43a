package dev.sagitta.engine.schema;

import dev.sagitta.engine.error.SagittaException;
import java.util.List;

/** Which metrics compare which vectors, with Milvus's words. */
public final class MetricRules {
  private static final List<MetricType> DENSE =
      List.of(MetricType.L2, MetricType.IP, MetricType.COSINE);
  private static final List<MetricType> BINARY = List.of(MetricType.HAMMING, MetricType.JACCARD);
  private static final List<MetricType> SPARSE = List.of(MetricType.IP, MetricType.BM25);

  private MetricRules() {}

  /** The metric of a vector field's index for which the client names none. */
  public static MetricType defaultOf(DataType type) {
    return switch (type) {
      case BINARY_VECTOR -> MetricType.HAMMING;
      case SPARSE_FLOAT_VECTOR -> MetricType.IP;
      default -> MetricType.COSINE;
    };
  }

  /**
   * Checks that a field's vectors can be compared by the metric.
   *
   * @throws SagittaException code 1100, naming field, metric and the metrics that fit
   */
  public static void check(FieldSchema field, MetricType metric) {
    switch (field.type()) {
      case BINARY_VECTOR ->
          check(field, metric, BINARY, "binary vector index does not support metric type: ");
      case SPARSE_FLOAT_VECTOR ->
          check(
              field,
              metric,
              SPARSE,
              "only IP&BM25 is the supported metric type for sparse index: ");
      case INT8_VECTOR ->
          check(field, metric, DENSE, "int8 vector index does not support metric type: ");
      default -> check(field, metric, DENSE, "float vector index does not support metric type: ");
    }
  }

  private static void check(
      FieldSchema field, MetricType metric, List<MetricType> supported, String words) {
    if (!supported.contains(metric)) {
      throw SagittaException.invalidParameter(
          words
              + metric
              + ": field="
              + field.name()
              + ": invalid parameter[expected="
              + supported
              + "][actual="
              + metric
              + "]");
    }
  }
}

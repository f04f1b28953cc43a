package dev.sagitta.engine.schema;

import dev.sagitta.engine.error.SagittaException;
import java.util.List;

/** Which metrics compare which vectors, with Milvus's words. */
public final class MetricRules {
  private static final List<MetricType> DENSE =
      List.of(MetricType.L2, MetricType.IP, MetricType.COSINE);
  private static final List<MetricType> BINARY = List.of(MetricType.HAMMING, MetricType.JACCARD);
  private static final List<MetricType> SPARSE = List.of(MetricType.IP, MetricType.BM25);

  private static final List<MetricType> LISTS =
      List.of(MetricType.MAX_SIM_COSINE, MetricType.MAX_SIM_IP, MetricType.MAX_SIM_L2);

  private MetricRules() {}

  /** The metric of a vector field's index for which the client names none. */
  public static MetricType defaultOf(DataType type) {
    return switch (type) {
      case BINARY_VECTOR -> MetricType.HAMMING;
      case SPARSE_FLOAT_VECTOR -> MetricType.IP;
      case ARRAY_OF_VECTOR -> MetricType.MAX_SIM_COSINE;
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
      case ARRAY_OF_VECTOR ->
          check(field, metric, LISTS, "array of vector index does not support metric type: ");
      case INT8_VECTOR ->
          check(field, metric, DENSE, "int8 vector index does not support metric type: ");
      default -> check(field, metric, DENSE, "float vector index does not support metric type: ");
    }
  }

  /** As {@link #defaultOf(DataType)}, and BM25 for what a BM25 function computes. */
  public static MetricType defaultOf(CollectionSchema schema, FieldSchema field) {
    return schema.isBm25Output(field) ? MetricType.BM25 : defaultOf(field.type());
  }

  /**
   * As {@link #check(FieldSchema, MetricType)}; term frequencies that a function computes, and only
   * these, are compared by BM25.
   */
  public static void check(CollectionSchema schema, FieldSchema field, MetricType metric) {
    check(field, metric);
    boolean bm25Output = schema.isBm25Output(field);
    if (metric == MetricType.BM25 && !bm25Output) {
      throw SagittaException.invalidParameter(
          "only BM25 Function output field support BM25 metric type: field=" + field.name());
    }
    if (bm25Output && metric != MetricType.BM25) {
      throw SagittaException.invalidParameter(
          "index metric type of BM25 function output field must be BM25, got "
              + metric
              + ": field="
              + field.name());
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

package dev.sagitta.engine.index.ivf;

import dev.sagitta.engine.index.code.VectorCodes;
import dev.sagitta.engine.schema.MetricType;

/**
 * What of a vector a code stands for, and how distances follow. With q the query, c the centroid of
 * the list and r what the code of x - c stands for:
 */
enum CodeForm {
  /** The vector itself. */
  WHOLE,

  /**
   * The residual, in a code for inner products, so that the tables of a query serve all lists: the
   * negated inner product is {@code -q.c - q.r}, the squared distance {@code |q - c|^2 + (|r|^2 + 2
   * c.r) - 2 q.r}, of which the number in brackets is the row's constant.
   */
  PRODUCT_OF_RESIDUAL,

  /**
   * The residual, in a code for squared distances to {@code q - c}; half of it less 1 is the
   * negated cosine of vectors of unit length. For codes that estimate instead of standing for a
   * vector: the error grows with what is compared, and q - c is shorter than q.
   */
  DISTANCE_OF_RESIDUAL;

  /** The form that suits the code best. */
  static CodeForm ofList(String code, MetricType metric) {
    return code.equals(VectorCodes.RABITQ) && metric != MetricType.IP
        ? DISTANCE_OF_RESIDUAL
        : PRODUCT_OF_RESIDUAL;
  }

  /** The metric that codes of this form are made for. */
  MetricType codeMetric(MetricType metric) {
    return switch (this) {
      case WHOLE -> metric == MetricType.COSINE ? MetricType.IP : metric;
      case PRODUCT_OF_RESIDUAL -> MetricType.IP;
      case DISTANCE_OF_RESIDUAL -> MetricType.L2;
    };
  }

  /** Whether each row has a constant. */
  boolean hasConstants(MetricType metric) {
    return this == PRODUCT_OF_RESIDUAL && metric == MetricType.L2;
  }
}

package dev.sagitta.engine.index;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.MetricType;
import java.util.OptionalDouble;

/**
 * The scores a range search accepts, in the metric's public form. Where smaller is nearer: {@code
 * rangeFilter <= score < radius}; where larger is nearer: {@code radius < score <= rangeFilter}. A
 * missing bound is infinite.
 */
public final class ScoreRange {
  private static final ScoreRange UNBOUNDED =
      new ScoreRange(true, OptionalDouble.empty(), OptionalDouble.empty());

  private final boolean largerIsNearer;
  private final boolean bounded;
  private final boolean innerBounded;
  private final float radius;
  private final float rangeFilter;

  private ScoreRange(boolean largerIsNearer, OptionalDouble radius, OptionalDouble rangeFilter) {
    this.largerIsNearer = largerIsNearer;
    this.bounded = radius.isPresent() || rangeFilter.isPresent();
    this.innerBounded = rangeFilter.isPresent();
    float farthest = largerIsNearer ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY;
    this.radius = (float) radius.orElse(farthest);
    this.rangeFilter = (float) rangeFilter.orElse(-farthest);
  }

  /**
   * The range that the parameters ask for.
   *
   * @throws SagittaException code 1100, if the inner bound is not nearer than the outer one
   */
  public static ScoreRange of(IndexSearchParameters parameters, MetricType metric) {
    requireNonNull(parameters, "parameters is null");
    OptionalDouble radius = parameters.radius();
    OptionalDouble rangeFilter = parameters.rangeFilter();
    if (radius.isPresent() && rangeFilter.isPresent()) {
      double outer = radius.getAsDouble();
      double inner = rangeFilter.getAsDouble();
      boolean ordered = metric.largerIsNearer() ? inner > outer : inner < outer;
      if (!ordered) {
        throw SagittaException.invalidParameter(
            String.format(
                "range_filter must be %s than radius for metric %s: range_filter=%s radius=%s",
                metric.largerIsNearer() ? "greater" : "less", metric.name(), inner, outer));
      }
    }
    return radius.isEmpty() && rangeFilter.isEmpty()
        ? UNBOUNDED
        : new ScoreRange(metric.largerIsNearer(), radius, rangeFilter);
  }

  /** Whether rows may be refused for being too near, which a plain nearest search cannot skip. */
  public boolean hasInnerBound() {
    return innerBounded;
  }

  /** No accepted score is smaller; infinite if there is no such bound. */
  public float lowest() {
    return largerIsNearer ? radius : rangeFilter;
  }

  /** No accepted score is larger; infinite if there is no such bound. */
  public float highest() {
    return largerIsNearer ? rangeFilter : radius;
  }

  public boolean accepts(float score) {
    if (!bounded) {
      return true;
    }
    return largerIsNearer
        ? score > radius && score <= rangeFilter
        : score < radius && score >= rangeFilter;
  }
}

package dev.sagitta.bench.ann;

import java.util.List;
import java.util.Optional;

/**
 * A positive quantity (a rate, a latency) by recall, in the order in which the points were chosen.
 * Between two points its logarithm is taken to be linear in the recall.
 *
 * @param points at least one
 */
record Curve(List<Point> points) {
  Curve {
    points = List.copyOf(points);
    if (points.isEmpty()) {
      throw new IllegalArgumentException("curve has no points");
    }
  }

  /**
   * One measured point.
   *
   * @param recall 0 to 1
   * @param value larger than 0
   */
  record Point(double recall, double value) {}

  /**
   * A value read from the curve.
   *
   * @param value at the recall asked for
   * @param recall the recall that it stands for: larger than asked for if even the least effort
   *     finds more
   */
  record Reading(double value, double recall) {}

  /** The value at a recall; empty if the curve does not reach it. */
  Optional<Reading> at(double recall) {
    Point below = null;
    for (Point above : points) {
      if (above.recall() >= recall) {
        return Optional.of(
            below == null
                ? new Reading(above.value(), above.recall())
                : new Reading(between(below, above, recall), recall));
      }
      below = above;
    }
    return Optional.empty();
  }

  private static double between(Point below, Point above, double recall) {
    double share = (recall - below.recall()) / (above.recall() - below.recall());
    return Math.exp(
        Math.log(below.value()) + share * (Math.log(above.value()) - Math.log(below.value())));
  }
}

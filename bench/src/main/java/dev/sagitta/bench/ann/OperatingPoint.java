package dev.sagitta.bench.ann;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Search parameters with what they gave on the queries that serve for choosing.
 *
 * @param parameters by name
 * @param recall 0 to 1
 * @param queriesPerSecond by processor time
 */
record OperatingPoint(Map<String, String> parameters, double recall, double queriesPerSecond) {
  /** The points that no other beats in both recall and rate, by ascending recall. */
  static List<OperatingPoint> front(List<OperatingPoint> points) {
    List<OperatingPoint> best = new ArrayList<>();
    List<OperatingPoint> byRecall =
        points.stream()
            .sorted(
                Comparator.comparingDouble(OperatingPoint::recall)
                    .thenComparingDouble(OperatingPoint::queriesPerSecond)
                    .reversed())
            .toList();
    for (OperatingPoint point : byRecall) {
      if (best.isEmpty() || point.queriesPerSecond() > best.getLast().queriesPerSecond()) {
        best.add(point);
      }
    }
    return best.reversed();
  }

  /** The points from the last one below a recall on. */
  static List<OperatingPoint> from(double recall, List<OperatingPoint> front) {
    int first = 0;
    while (first + 1 < front.size() && front.get(first + 1).recall() < recall) {
      first++;
    }
    return front.subList(first, front.size());
  }

  /** Two points below a recall and two above: it may lie elsewhere on other queries. */
  static List<OperatingPoint> around(double recall, List<OperatingPoint> front) {
    int above = 0;
    while (above < front.size() && front.get(above).recall() < recall) {
      above++;
    }
    return front.subList(Math.max(0, above - 2), Math.min(front.size(), above + 2));
  }
}

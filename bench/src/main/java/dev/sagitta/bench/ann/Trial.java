package dev.sagitta.bench.ann;

import dev.sagitta.bench.data.GroundTruth;
import dev.sagitta.bench.data.QueryRange;
import dev.sagitta.bench.side.SearchReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** One task for a side: the points chosen for it and what was measured at them. */
final class Trial {
  /** Searches to warm up with, until this much time has passed. */
  private static final long WARM_UP_NANOS = 1_500_000_000L;

  /** A shorter pass is repeated, and the faster one counts: a disturbance hides a good point. */
  private static final long SHORT_NANOS = 500_000_000L;

  /** After a longer pass more effort is not worth measuring. */
  private static final long LONG_NANOS = 4_000_000_000L;

  /** Nor is it beyond this recall. */
  private static final double RECALL_MAX = 0.996;

  /** Nor after several steps that gained less than this (the first ones may do so, too). */
  private static final double RECALL_GAIN_MIN = 0.0005;

  private static final int IDLE_STEPS_MAX = 4;

  /** Points of lower recall are of no interest. */
  static final double RECALL_MIN = 0.80;

  private final RunningSide side;
  private final GroundTruth truth;
  private final Optional<Path> filter;
  private List<OperatingPoint> points = List.of();
  private final List<Measurement> measurements = new ArrayList<>();

  /**
   * @param truth the right answers
   * @param filter file with the bits of the rows allowed; empty means all
   */
  Trial(RunningSide side, GroundTruth truth, Optional<Path> filter) {
    this.side = side;
    this.truth = truth;
    this.filter = filter;
  }

  /** The same points, to be measured anew. */
  Trial again() {
    Trial again = new Trial(side, truth, filter);
    again.points = points;
    return again;
  }

  RunningSide side() {
    return side;
  }

  List<OperatingPoint> points() {
    return points;
  }

  List<Measurement> measurements() {
    return List.copyOf(measurements);
  }

  /** Tries the whole sweep on the queries of {@code range} and keeps the best points. */
  void choosePoints(QueryRange range) throws IOException {
    warmUp(range);
    List<OperatingPoint> tried = new ArrayList<>();
    for (List<Map<String, String>> group : side.definition().sweep().groups()) {
      double last = 0;
      int idleSteps = 0;
      for (Map<String, String> parameters : group) {
        SearchReport report = side.search(filter, range, parameters);
        double recall = truth.recall(range, report.rows());
        long nanos = report.cpuNanos();
        if (nanos < SHORT_NANOS) {
          nanos = Math.min(nanos, side.search(filter, range, parameters).cpuNanos());
        }
        tried.add(new OperatingPoint(parameters, recall, range.count() * 1e9 / Math.max(1, nanos)));
        idleSteps = recall - last < RECALL_GAIN_MIN ? idleSteps + 1 : 0;
        if (recall >= RECALL_MAX || idleSteps == IDLE_STEPS_MAX || nanos > LONG_NANOS) {
          break;
        }
        last = recall;
      }
    }
    points = OperatingPoint.from(RECALL_MIN, OperatingPoint.front(tried));
  }

  /** Forgets the points that say nothing about this recall, as long as nothing was measured. */
  void keepPointsAround(double recall) {
    points = OperatingPoint.around(recall, points);
  }

  /** Measures a chosen point once more. */
  void measure(int point, QueryRange range) throws IOException {
    SearchReport report = side.search(filter, range, points.get(point).parameters());
    if (measurements.size() == point) {
      measurements.add(new Measurement(range.count(), truth.recall(range, report.rows())));
    }
    measurements.get(point).add(report);
  }

  /** Rates of all points in one repetition. */
  Curve curve(Clock clock, int repetition) {
    return new Curve(
        measurements.stream()
            .map(
                measurement ->
                    new Curve.Point(
                        measurement.recall(),
                        clock.rate(measurement, measurement.reports().get(repetition))))
            .toList());
  }

  int repetitions() {
    return measurements.isEmpty() ? 0 : measurements.getFirst().reports().size();
  }

  /** Rates of all points, medians over repetitions. */
  Curve medianCurve(Clock clock) {
    return medianCurve(
        measurement -> measurement.median(report -> clock.rate(measurement, report)));
  }

  /** Queries per second at a recall, the median over repetitions; empty if not reached. */
  Optional<Curve.Reading> rateAt(double recall, Clock clock) {
    return measurements.isEmpty() ? Optional.empty() : medianCurve(clock).at(recall);
  }

  /** Latency at a recall, in nanoseconds, the median over repetitions. */
  Optional<Curve.Reading> latencyAt(double recall, ToDoubleFunction<SearchReport> percentile) {
    return measurements.isEmpty()
        ? Optional.empty()
        : medianCurve(measurement -> measurement.median(percentile)).at(recall);
  }

  /** Bytes that a search left on the heap, the most of all points; empty if nobody counted. */
  Optional<Double> heapBytesOfSearch() {
    return measurements.stream()
        .flatMap(measurement -> measurement.heapBytesOfSearch().stream())
        .max(Comparator.naturalOrder());
  }

  /** This side's rate over another's, the median of the repetitions' ratios. */
  Optional<Double> ratioAt(double recall, Clock clock, Trial reference) {
    int repetitions = Math.min(repetitions(), reference.repetitions());
    double[] ratios = new double[repetitions];
    for (int repetition = 0; repetition < repetitions; repetition++) {
      Optional<Curve.Reading> ours = curve(clock, repetition).at(recall);
      Optional<Curve.Reading> theirs = reference.curve(clock, repetition).at(recall);
      if (ours.isEmpty() || theirs.isEmpty()) {
        return Optional.empty();
      }
      ratios[repetition] = ours.get().value() / theirs.get().value();
    }
    return repetitions == 0 ? Optional.empty() : Optional.of(Medians.of(ratios));
  }

  private Curve medianCurve(ToDoubleFunction<Measurement> value) {
    return new Curve(
        measurements.stream()
            .map(
                measurement ->
                    new Curve.Point(measurement.recall(), value.applyAsDouble(measurement)))
            .toList());
  }

  private void warmUp(QueryRange range) throws IOException {
    long start = System.nanoTime();
    do {
      side.search(filter, range, side.definition().sweep().middle());
    } while (System.nanoTime() - start < WARM_UP_NANOS);
  }
}

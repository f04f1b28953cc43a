package dev.sagitta.bench.ann;

import dev.sagitta.bench.side.SearchReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Repetitions of one operating point on the queries that are reported. */
final class Measurement {
  private final int queries;
  private final double recall;
  private final List<SearchReport> reports = new ArrayList<>();

  Measurement(int queries, double recall) {
    this.queries = queries;
    this.recall = recall;
  }

  void add(SearchReport report) {
    reports.add(report);
  }

  double recall() {
    return recall;
  }

  List<SearchReport> reports() {
    return List.copyOf(reports);
  }

  /** The median over repetitions. */
  double median(ToDoubleFunction<SearchReport> value) {
    return Medians.of(reports.stream().mapToDouble(value).toArray());
  }

  /** Bytes that a search left on the heap, the least of the repetitions; empty if not counted. */
  Optional<Double> heapBytesOfSearch() {
    return reports.stream()
        .flatMapToLong(report -> report.heapBytes().stream())
        .mapToObj(bytes -> (double) bytes / queries)
        .min(Comparator.naturalOrder());
  }

  double wallRate(SearchReport report) {
    return queries * 1e9 / report.wallNanos();
  }

  double cpuRate(SearchReport report) {
    return queries * 1e9 / Math.max(1, report.cpuNanos());
  }
}

package dev.sagitta.bench.rest;

import static java.util.Objects.requireNonNull;

/**
 * What a run of load showed.
 *
 * @param seconds duration
 * @param sortedNanos latency of each request, ascending
 * @param serverSeconds processor time of the server's process
 * @param generatorSeconds processor time of the load generator
 */
record LoadReport(
    double seconds, long[] sortedNanos, double serverSeconds, double generatorSeconds) {
  LoadReport {
    requireNonNull(sortedNanos, "sortedNanos is null");
  }

  static String heading() {
    return "%-44s %5s %10s %12s %9s %9s %11s %14s"
        .formatted(
            "what",
            "conn.",
            "requests/s",
            "rows/s",
            "p50 ms",
            "p99 ms",
            "server µs",
            "generator µs");
  }

  /** One line; processor times are those of one request. */
  String line(Workload workload, int connections) {
    return "%-44s %5d %10.0f %12s %9.2f %9.2f %11.0f %14.0f"
        .formatted(
            workload.name(),
            connections,
            requests() / seconds,
            workload.rows() == 0 ? "" : "%.0f".formatted(requests() * workload.rows() / seconds),
            percentileMillis(0.5),
            percentileMillis(0.99),
            1e6 * serverSeconds / requests(),
            1e6 * generatorSeconds / requests());
  }

  int requests() {
    return sortedNanos.length;
  }

  private double percentileMillis(double fraction) {
    if (sortedNanos.length == 0) {
      return Double.NaN;
    }
    int index = (int) Math.min(sortedNanos.length - 1, fraction * sortedNanos.length);
    return sortedNanos[index] / 1e6;
  }
}

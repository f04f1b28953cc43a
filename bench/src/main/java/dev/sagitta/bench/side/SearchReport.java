package dev.sagitta.bench.side;

import static java.util.Objects.requireNonNull;

/**
 * One pass over a range of queries.
 *
 * @param wallNanos nanoseconds by the clock, all queries together
 * @param cpuNanos nanoseconds of the searching thread's processor time
 * @param p50Nanos median of the single searches
 * @param p99Nanos 99th percentile of the single searches
 * @param rows ten row numbers per query, best first, -1 for none
 */
public record SearchReport(
    long wallNanos, long cpuNanos, long p50Nanos, long p99Nanos, int[] rows) {
  public SearchReport {
    requireNonNull(rows, "rows is null");
  }
}

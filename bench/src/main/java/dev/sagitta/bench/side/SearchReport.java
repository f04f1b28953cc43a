package dev.sagitta.bench.side;

import static java.util.Objects.requireNonNull;

import java.util.OptionalLong;

/**
 * One pass over a range of queries.
 *
 * @param wallNanos nanoseconds by the clock, all queries together
 * @param cpuNanos nanoseconds of the searching thread's processor time
 * @param p50Nanos median of the single searches
 * @param p99Nanos 99th percentile of the single searches
 * @param heapBytes bytes that the searching thread put on its heap in all; empty where nothing
 *     counts them
 * @param rows ten row numbers per query, best first, -1 for none
 */
public record SearchReport(
    long wallNanos,
    long cpuNanos,
    long p50Nanos,
    long p99Nanos,
    OptionalLong heapBytes,
    int[] rows) {
  public SearchReport {
    requireNonNull(heapBytes, "heapBytes is null");
    requireNonNull(rows, "rows is null");
  }
}

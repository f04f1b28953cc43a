package dev.sagitta.bench.side;

/**
 * What a build cost.
 *
 * @param wallNanos nanoseconds by the clock
 * @param cpuNanos nanoseconds of processor time, all threads
 * @param bytes what searches need in memory as the library counts it, raw vectors included
 * @param residentBytes what the process occupies
 * @param hugePageBytes how much of that lies in huge pages
 */
public record BuildReport(
    long wallNanos, long cpuNanos, long bytes, long residentBytes, long hugePageBytes) {
  public double wallSeconds() {
    return wallNanos / 1e9;
  }

  public double cpuSeconds() {
    return cpuNanos / 1e9;
  }
}

package dev.sagitta.bench.data;

/**
 * Queries by number.
 *
 * @param from first
 * @param to behind the last
 */
public record QueryRange(int from, int to) {
  public QueryRange {
    if (from < 0 || to <= from) {
      throw new IllegalArgumentException("range is empty: from=" + from + " to=" + to);
    }
  }

  public int count() {
    return to - from;
  }
}

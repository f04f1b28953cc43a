package dev.sagitta.proxy.read;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/**
 * Hits of all queries, flat, as places in the nodes' results.
 *
 * @param hitCounts hits of each query
 * @param sources number of the result that each hit is in
 * @param positions position of each hit in its result
 */
record MergedHits(int[] hitCounts, int[] sources, int[] positions) {
  MergedHits {
    requireNonNull(hitCounts, "hitCounts is null");
    requireNonNull(sources, "sources is null");
    requireNonNull(positions, "positions is null");
  }

  int size() {
    return sources.length;
  }

  /** Grows to at most the given number of hits. */
  static final class Builder {
    private final int[] hitCounts;
    private final int[] sources;
    private final int[] positions;
    private int size;

    Builder(int queryCount, int mostHits) {
      this.hitCounts = new int[queryCount];
      this.sources = new int[mostHits];
      this.positions = new int[mostHits];
    }

    void add(int query, int source, int position) {
      hitCounts[query]++;
      sources[size] = source;
      positions[size] = position;
      size++;
    }

    MergedHits build() {
      return new MergedHits(
          hitCounts, Arrays.copyOf(sources, size), Arrays.copyOf(positions, size));
    }
  }
}

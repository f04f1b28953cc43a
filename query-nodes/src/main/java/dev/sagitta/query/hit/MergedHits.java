package dev.sagitta.query.hit;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/**
 * Hits of all queries, flat, as places in the lists that were merged.
 *
 * @param hitCounts hits of each query
 * @param sources number of the list that each hit is in
 * @param positions position of each hit in its list
 */
public record MergedHits(int[] hitCounts, int[] sources, int[] positions) {
  public MergedHits {
    requireNonNull(hitCounts, "hitCounts is null");
    requireNonNull(sources, "sources is null");
    requireNonNull(positions, "positions is null");
  }

  public int size() {
    return sources.length;
  }

  /** Collects hits query by query. */
  public static final class Builder {
    private static final int FIRST_CAPACITY = 64;

    private final int[] hitCounts;
    private int[] sources = new int[FIRST_CAPACITY];
    private int[] positions = new int[FIRST_CAPACITY];
    private int size;

    public Builder(int queryCount) {
      this.hitCounts = new int[queryCount];
    }

    /** Appends a hit; queries come in their order. */
    public void add(int query, int source, int position) {
      if (size == sources.length) {
        sources = Arrays.copyOf(sources, 2 * size);
        positions = Arrays.copyOf(positions, 2 * size);
      }
      hitCounts[query]++;
      sources[size] = source;
      positions[size] = position;
      size++;
    }

    public int size() {
      return size;
    }

    public MergedHits build() {
      return new MergedHits(
          hitCounts, Arrays.copyOf(sources, size), Arrays.copyOf(positions, size));
    }
  }
}

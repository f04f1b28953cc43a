package dev.sagitta.bench.rest;

import java.util.Random;

/**
 * Filters that keep a share of the rows: those whose {@code size_bytes} lie in a window, which lies
 * elsewhere for each filter.
 */
final class SizeWindows {
  private final PackageRows rows;
  private final int[] bySize;
  private final int width;
  private final Random random;

  SizeWindows(PackageRows rows, int[] bySize, double share, long seed) {
    this.rows = rows;
    this.bySize = bySize;
    this.width = Math.max(1, (int) Math.round(share * bySize.length));
    this.random = new Random(seed);
  }

  /** Bounds of a window, both included. */
  record Window(long from, long to) {
    String filter() {
      return "size_bytes >= " + from + " and size_bytes <= " + to;
    }

    boolean holds(long size) {
      return size >= from && size <= to;
    }
  }

  Window next() {
    int first = random.nextInt(bySize.length - width + 1);
    return new Window(rows.sizeBytes(bySize[first]), rows.sizeBytes(bySize[first + width - 1]));
  }
}

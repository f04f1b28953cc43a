package dev.sagitta.engine.column;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Values of several columns, one column after another. */
final class ConcatenatedLocator extends ValueLocator {
  private final ValueLocator[] parts;
  private final int[] starts;

  /** The part found last; a hint that threads may overwrite for each other. */
  private int recentPart;

  /**
   * Joins parts.
   *
   * @param starts first row of each part, and the number of all rows at the end
   */
  ConcatenatedLocator(ValueLocator[] parts, int[] starts) {
    this.parts = parts;
    this.starts = starts;
  }

  /** The part that holds the row; empty parts hold none. */
  static int partOf(int[] starts, int row) {
    int position = Arrays.binarySearch(starts, row);
    if (position < 0) {
      return -position - 2;
    }
    while (starts[position + 1] == row) {
      position++;
    }
    return position;
  }

  private int partOf(int row) {
    int part = recentPart;
    if (row < starts[part] || row >= starts[part + 1]) {
      part = partOf(starts, row);
      recentPart = part;
    }
    return part;
  }

  @Override
  public MemorySegment memoryOf(int row) {
    int part = partOf(row);
    return parts[part].memoryOf(row - starts[part]);
  }

  @Override
  public long offsetOf(int row) {
    int part = partOf(row);
    return parts[part].offsetOf(row - starts[part]);
  }

  @Override
  public int lengthOf(int row) {
    int part = partOf(row);
    return parts[part].lengthOf(row - starts[part]);
  }

  @Override
  public int contiguousRows(int row) {
    int part = partOf(row);
    return Math.min(parts[part].contiguousRows(row - starts[part]), starts[part + 1] - row);
  }
}

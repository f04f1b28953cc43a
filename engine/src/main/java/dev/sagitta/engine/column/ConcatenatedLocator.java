package dev.sagitta.engine.column;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Values of several columns, one column after another. */
final class ConcatenatedLocator extends ValueLocator {
  private final Part[] parts;
  private final int[] starts;

  /** The part found last; a hint that threads may overwrite for each other. */
  private Part recent;

  /** One of the columns, with its first row and the row behind its last one. */
  private record Part(int start, int end, ValueLocator values) {}

  /**
   * Joins parts.
   *
   * @param starts first row of each part, and the number of all rows at the end
   */
  ConcatenatedLocator(ValueLocator[] parts, int[] starts) {
    this.parts = new Part[parts.length];
    for (int i = 0; i < parts.length; i++) {
      this.parts[i] = new Part(starts[i], starts[i + 1], parts[i]);
    }
    this.starts = starts;
    this.recent = this.parts[0];
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

  private Part partOf(int row) {
    Part part = recent;
    if (row < part.start || row >= part.end) {
      part = parts[partOf(starts, row)];
      recent = part;
    }
    return part;
  }

  @Override
  public MemorySegment memoryOf(int row) {
    Part part = partOf(row);
    return part.values.memoryOf(row - part.start);
  }

  @Override
  public long offsetOf(int row) {
    Part part = partOf(row);
    return part.values.offsetOf(row - part.start);
  }

  @Override
  public int lengthOf(int row) {
    Part part = partOf(row);
    return part.values.lengthOf(row - part.start);
  }

  @Override
  public int contiguousRows(int row) {
    Part part = partOf(row);
    return Math.min(part.values.contiguousRows(row - part.start), part.end - row);
  }
}

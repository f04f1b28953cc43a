package dev.sagitta.engine.scalarindex.rtree;

import dev.sagitta.engine.column.GeometryColumn;
import dev.sagitta.engine.geometry.Bounds;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.index.IndexFiles;
import dev.sagitta.engine.storage.LittleEndian;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * Packs the rectangles of a column into a tree: I. Kamel and C. Faloutsos, "On packing R-trees",
 * CIKM 1993. About 50 bytes of memory per row.
 */
final class RtreeBuilder {
  private static final int ROWS_BETWEEN_CHECKS = 4096;

  private final GeometryColumn column;
  private final BuildProgress progress;
  private int[] rows = new int[16];
  private double[] sides = new double[4 * 16];
  private int entryCount;

  RtreeBuilder(GeometryColumn column, BuildProgress progress) {
    this.column = column;
    this.progress = progress;
  }

  void write(IndexFileIdentity identity, Path target) throws IOException {
    for (int row = 0; row < column.rowCount(); row++) {
      if (row % ROWS_BETWEEN_CHECKS == 0) {
        check(row, target);
      }
      Optional<Bounds> bounds =
          column.isNull(row) ? Optional.empty() : Bounds.ofBinary(column.wkbAt(row));
      if (bounds.isPresent()) {
        add(row, bounds.get());
      }
    }
    int[] order = order();
    MemorySegment rectangles = rectangles(order);
    MemorySegment orderedRows = MemorySegment.ofArray(new byte[entryCount * Integer.BYTES]);
    for (int i = 0; i < entryCount; i++) {
      orderedRows.set(LittleEndian.INT, (long) i * Integer.BYTES, rows[order[i]]);
    }
    IndexFiles.write(
        target,
        identity,
        RtreeFile.description(column.rowCount(), entryCount),
        writer -> {
          writer.block(RtreeFile.RECTANGLES_BLOCK, rectangles);
          writer.block(RtreeFile.ROWS_BLOCK, orderedRows);
        });
    progress.rowsIndexed(column.rowCount());
  }

  private void check(int row, Path target) {
    if (progress.cancelled()) {
      throw new CancellationException("index build cancelled: target=" + target);
    }
    progress.rowsIndexed(row);
  }

  private void add(int row, Bounds bounds) {
    if (entryCount == rows.length) {
      rows = Arrays.copyOf(rows, 2 * entryCount);
      sides = Arrays.copyOf(sides, 8 * entryCount);
    }
    rows[entryCount] = row;
    sides[4 * entryCount] = bounds.minX();
    sides[4 * entryCount + 1] = bounds.minY();
    sides[4 * entryCount + 2] = bounds.maxX();
    sides[4 * entryCount + 3] = bounds.maxY();
    entryCount++;
  }

  /** Entries along a Hilbert curve through their centres. */
  private int[] order() {
    double minX = Double.POSITIVE_INFINITY;
    double minY = Double.POSITIVE_INFINITY;
    double maxX = Double.NEGATIVE_INFINITY;
    double maxY = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < entryCount; i++) {
      minX = Math.min(minX, centre(i, 0));
      minY = Math.min(minY, centre(i, 1));
      maxX = Math.max(maxX, centre(i, 0));
      maxY = Math.max(maxY, centre(i, 1));
    }
    long[] keys = new long[entryCount];
    for (int i = 0; i < entryCount; i++) {
      int x = cell(centre(i, 0), minX, maxX);
      int y = cell(centre(i, 1), minY, maxY);
      // Shifted by a sign bit, so that signed order is the order of positions.
      keys[i] = ((HilbertCurve.position(x, y) << Integer.SIZE) | i) ^ Long.MIN_VALUE;
    }
    Arrays.sort(keys);
    int[] order = new int[entryCount];
    for (int i = 0; i < entryCount; i++) {
      order[i] = (int) keys[i];
    }
    return order;
  }

  private double centre(int entry, int axis) {
    return sides[4 * entry + axis] / 2 + sides[4 * entry + axis + 2] / 2;
  }

  private static int cell(double value, double minimum, double maximum) {
    double width = maximum - minimum;
    return width > 0 && width < Double.POSITIVE_INFINITY
        ? (int) ((value - minimum) / width * (HilbertCurve.SIDE - 1))
        : 0;
  }

  private MemorySegment rectangles(int[] order) {
    long count = RtreeFile.rectangleCount(entryCount, RtreeFile.NODE_ENTRIES);
    double[] all = new double[Math.toIntExact(4 * count)];
    for (int i = 0; i < entryCount; i++) {
      System.arraycopy(sides, 4 * order[i], all, 4 * i, 4);
    }
    int start = 0;
    int length = entryCount;
    while (length > 1) {
      int parents = (length + RtreeFile.NODE_ENTRIES - 1) / RtreeFile.NODE_ENTRIES;
      for (int parent = 0; parent < parents; parent++) {
        int first = start + parent * RtreeFile.NODE_ENTRIES;
        int end = Math.min(first + RtreeFile.NODE_ENTRIES, start + length);
        surround(all, first, end, start + length + parent);
      }
      start += length;
      length = parents;
    }
    MemorySegment block = MemorySegment.ofArray(new byte[Math.toIntExact(8L * all.length)]);
    MemorySegment.copy(all, 0, block, LittleEndian.DOUBLE, 0, all.length);
    return block;
  }

  private static void surround(double[] all, int first, int end, int parent) {
    System.arraycopy(all, 4 * first, all, 4 * parent, 4);
    for (int i = first + 1; i < end; i++) {
      all[4 * parent] = Math.min(all[4 * parent], all[4 * i]);
      all[4 * parent + 1] = Math.min(all[4 * parent + 1], all[4 * i + 1]);
      all[4 * parent + 2] = Math.max(all[4 * parent + 2], all[4 * i + 2]);
      all[4 * parent + 3] = Math.max(all[4 * parent + 3], all[4 * i + 3]);
    }
  }
}

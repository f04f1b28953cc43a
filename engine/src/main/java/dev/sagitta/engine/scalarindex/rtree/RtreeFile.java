package dev.sagitta.engine.scalarindex.rtree;

import dev.sagitta.engine.index.IndexDescription;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.storage.BlockFile;
import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;

/**
 * The file of an R-tree: a block file of kind INDEX with an {@link IndexDescription} (type RTREE,
 * metric L2, dimension 2, {@code value0} the number of entries, {@code value1} the entries of a
 * node) and two blocks. All numbers are little-endian.
 *
 * <pre>
 * block 2, rectangles: for each four float64: smallest x, smallest y, largest x, largest y. First
 *   one rectangle per entry, then, level by level up to a single one, one around each run of as
 *   many rectangles of the level below as a node has entries (the last run may be shorter). With
 *   no entries there are no rectangles.
 * block 3, rows: one int32 per entry, the row whose geometry lies in the entry's rectangle
 * </pre>
 *
 * Entries are ordered along a Hilbert curve, so that runs of them lie close together. Rows without
 * a geometry, or with an empty one, have no entry.
 */
final class RtreeFile {
  static final String TYPE_NAME = "RTREE";
  static final int NODE_ENTRIES = 16;
  static final int RECTANGLES_BLOCK = 2;
  static final int ROWS_BLOCK = 3;
  static final long RECTANGLE_BYTES = 4L * Double.BYTES;

  private static final int VERSION = 1;

  private final int rowCount;
  private final int entryCount;
  private final int nodeEntries;
  private final MemorySegment rectangles;
  private final MemorySegment rows;

  private RtreeFile(BlockFile file, IndexDescription description) {
    this.rowCount = description.rowCount();
    this.entryCount = description.value0();
    this.nodeEntries = description.value1();
    if (entryCount < 0 || entryCount > rowCount) {
      throw file.corrupt("number of entries up to", rowCount, entryCount);
    }
    if (nodeEntries < 2) {
      throw file.corrupt("entries of a node of at least", 2, nodeEntries);
    }
    this.rectangles = file.block(RECTANGLES_BLOCK);
    this.rows = file.block(ROWS_BLOCK);
    long expected = rectangleCount(entryCount, nodeEntries) * RECTANGLE_BYTES;
    if (rectangles.byteSize() != expected) {
      throw file.corrupt("bytes of rectangles", expected, rectangles.byteSize());
    }
    if (rows.byteSize() != (long) entryCount * Integer.BYTES) {
      throw file.corrupt("bytes of rows", (long) entryCount * Integer.BYTES, rows.byteSize());
    }
  }

  /** Opens a mapped file; see {@link dev.sagitta.engine.scalarindex.ScalarIndexType#open}. */
  static RtreeFile open(MemorySegment memory, int rowCount, IndexFileIdentity expected) {
    BlockFile file = IndexDescription.openFile(memory, TYPE_NAME, expected);
    IndexDescription description = IndexDescription.read(file, TYPE_NAME, VERSION);
    description.requireRows(file, rowCount, 2);
    return new RtreeFile(file, description);
  }

  static IndexDescription description(int rowCount, int entryCount) {
    return new IndexDescription(
        TYPE_NAME, MetricType.L2, VERSION, rowCount, 2, entryCount, NODE_ENTRIES, 0, 0);
  }

  /** Rectangles of all levels. */
  static long rectangleCount(int entryCount, int nodeEntries) {
    long count = entryCount;
    long level = entryCount;
    while (level > 1) {
      level = (level + nodeEntries - 1) / nodeEntries;
      count += level;
    }
    return count;
  }

  int rowCount() {
    return rowCount;
  }

  int entryCount() {
    return entryCount;
  }

  int nodeEntries() {
    return nodeEntries;
  }

  /** One of the four numbers of a rectangle. */
  double side(long rectangle, int side) {
    return rectangles.get(LittleEndian.DOUBLE, rectangle * RECTANGLE_BYTES + 8L * side);
  }

  int row(long entry) {
    return rows.get(LittleEndian.INT, entry * Integer.BYTES);
  }
}

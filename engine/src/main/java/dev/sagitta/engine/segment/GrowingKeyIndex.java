package dev.sagitta.engine.segment;

import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.LongColumn;
import dev.sagitta.engine.column.StringColumn;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Finds the rows of a primary key in a growing segment: a hash table of each key's newest row, and
 * a chain from each row to the next older row of the same key. Keys are compared in the column
 * itself, so that none is kept twice. One writer; readers follow a chain past the rows that came
 * after their view.
 *
 * <p>A second chain, for the writer only, leaves out rows that are hidden, so that a key that is
 * upserted over and over is not walked in full each time.
 */
final class GrowingKeyIndex {
  private static final int NONE = -1;
  private static final int INITIAL_SLOTS = 1 << 10;

  private final boolean integers;

  /** For each row the next older row of its key plus one, or 0. */
  private final RowBlocks older;

  /** For each row the next older row of its key that is not hidden, or -1; writer only. */
  private int[] olderVisible = new int[INITIAL_SLOTS];

  /** Newest row of a key plus one, or 0; a power of two many slots, at most half of them used. */
  private volatile AtomicIntegerArray slots = new AtomicIntegerArray(INITIAL_SLOTS);

  private int usedSlots;

  GrowingKeyIndex(DataType keyType, Arena arena) {
    this.integers = keyType == DataType.INT64;
    this.older = new RowBlocks(arena, Integer.BYTES);
  }

  /**
   * Adds the rows {@code from} to {@code keys.rowCount() - 1}.
   *
   * @param keys all keys so far, the new ones included
   * @param deletes tells which rows are hidden
   */
  void add(Column keys, int from, DeleteLog deletes) {
    older.ensureCapacity(keys.rowCount());
    if (keys.rowCount() > olderVisible.length) {
      olderVisible =
          Arrays.copyOf(olderVisible, Math.max(keys.rowCount(), olderVisible.length * 2));
    }
    while ((usedSlots + (long) keys.rowCount() - from) * 2 > slots.length()) {
      grow(keys);
    }
    for (int row = from; row < keys.rowCount(); row++) {
      AtomicIntegerArray table = slots;
      int slot = slotOfRow(table, keys, row);
      int newest = table.getPlain(slot) - 1;
      if (newest == NONE) {
        usedSlots++;
      }
      older.blockOf(row).set(LittleEndian.INT, older.offsetOf(row), newest + 1);
      olderVisible[row] =
          newest == NONE || !deletes.isHidden(newest) ? newest : olderVisible[newest];
      table.setRelease(slot, row + 1);
    }
  }

  /** The key's newest row below {@code rowCount}, or -1. */
  int newestRow(Column keys, long key, int rowCount) {
    AtomicIntegerArray table = slots;
    LongColumn values = (LongColumn) keys;
    int mask = table.length() - 1;
    int slot = (int) KeyHash.of(key) & mask;
    for (int newest = row(table, slot); newest != NONE; newest = row(table, slot)) {
      int row = before(newest, rowCount);
      if (row != NONE && values.longAt(row) == key) {
        return row;
      }
      slot = (slot + 1) & mask;
    }
    return NONE;
  }

  /** The key's newest row below {@code rowCount}, or -1. */
  int newestRow(Column keys, byte[] utf8, int rowCount) {
    AtomicIntegerArray table = slots;
    StringColumn values = (StringColumn) keys;
    int mask = table.length() - 1;
    int slot = (int) KeyHash.of(utf8) & mask;
    for (int newest = row(table, slot); newest != NONE; newest = row(table, slot)) {
      int row = before(newest, rowCount);
      if (row != NONE && values.utf8Equals(row, utf8)) {
        return row;
      }
      slot = (slot + 1) & mask;
    }
    return NONE;
  }

  /** The next older row of the row's key, or -1. */
  int olderRow(int row) {
    return older.blockOf(row).get(LittleEndian.INT, older.offsetOf(row)) - 1;
  }

  /** The next older row of the row's key that is not hidden, or -1; for the writer only. */
  int olderVisibleRow(int row) {
    return olderVisible[row];
  }

  /** Leaves out what lies between the two rows from the writer's chain. */
  void skipTo(int row, int olderVisibleRow) {
    olderVisible[row] = olderVisibleRow;
  }

  long memoryBytes() {
    return older.memoryBytes() + (olderVisible.length + (long) slots.length()) * Integer.BYTES;
  }

  /**
   * The newest row of the chain that the reader's column holds, or -1. All rows of a chain have one
   * key, so it is enough to compare the key of this one.
   */
  private int before(int newest, int rowCount) {
    int row = newest;
    while (row >= rowCount) {
      row = olderRow(row);
    }
    return row;
  }

  private static int row(AtomicIntegerArray table, int slot) {
    return table.getAcquire(slot) - 1;
  }

  /** The slot that holds the row's key, or the empty one where it belongs. */
  private int slotOfRow(AtomicIntegerArray table, Column keys, int row) {
    int mask = table.length() - 1;
    int slot = (int) hash(keys, row) & mask;
    while (table.getPlain(slot) != 0 && !sameKey(keys, table.getPlain(slot) - 1, row)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private boolean sameKey(Column keys, int left, int right) {
    return integers
        ? ((LongColumn) keys).longAt(left) == ((LongColumn) keys).longAt(right)
        : ((StringColumn) keys).compareRows(left, (StringColumn) keys, right) == 0;
  }

  private long hash(Column keys, int row) {
    if (integers) {
      return KeyHash.of(((LongColumn) keys).longAt(row));
    }
    StringColumn strings = (StringColumn) keys;
    byte[] utf8 = new byte[strings.utf8LengthAt(row)];
    strings.copyUtf8(row, utf8, 0);
    return KeyHash.of(utf8);
  }

  private void grow(Column keys) {
    AtomicIntegerArray old = slots;
    AtomicIntegerArray grown = new AtomicIntegerArray(Math.multiplyExact(old.length(), 2));
    int mask = grown.length() - 1;
    for (int i = 0; i < old.length(); i++) {
      int value = old.getPlain(i);
      if (value != 0) {
        int slot = (int) hash(keys, value - 1) & mask;
        while (grown.getPlain(slot) != 0) {
          slot = (slot + 1) & mask;
        }
        grown.setPlain(slot, value);
      }
    }
    slots = grown;
  }
}

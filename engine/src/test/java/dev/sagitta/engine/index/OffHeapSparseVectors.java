package dev.sagitta.engine.index;

import dev.sagitta.engine.column.SparseVectorColumn;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.IntPredicate;

/** A column of given sparse vectors in one block that begins at an odd place, for tests. */
public final class OffHeapSparseVectors implements SparseVectorColumn {
  private static final int BLOCK_OFFSET = 4;

  private final int[] firstEntries;
  private final MemorySegment block;
  private final IntPredicate nulls;
  private final boolean mayHaveNulls;

  /**
   * @param rows a number for each index; those that are 0 are not stored
   */
  public OffHeapSparseVectors(
      Arena arena, float[][] rows, IntPredicate nulls, boolean mayHaveNulls) {
    this.nulls = nulls;
    this.mayHaveNulls = mayHaveNulls;
    this.firstEntries = new int[rows.length + 1];
    for (int row = 0; row < rows.length; row++) {
      firstEntries[row + 1] = firstEntries[row] + entries(rows[row]).indices().length;
    }
    this.block = arena.allocate(BLOCK_OFFSET + (long) ENTRY_BYTES * firstEntries[rows.length]);
    for (int row = 0; row < rows.length; row++) {
      QueryVector.Sparse entries = entries(rows[row]);
      for (int i = 0; i < entries.indices().length; i++) {
        long position = offsetOf(row) + (long) ENTRY_BYTES * i;
        block.set(LittleEndian.INT, position, entries.indices()[i]);
        block.set(LittleEndian.FLOAT, position + 4, entries.values()[i]);
      }
    }
  }

  /** The numbers of a row that are not 0, with their indices. */
  public static QueryVector.Sparse entries(float[] row) {
    int count = 0;
    for (float value : row) {
      count += value == 0 ? 0 : 1;
    }
    int[] indices = new int[count];
    float[] values = new float[count];
    int position = 0;
    for (int i = 0; i < row.length; i++) {
      if (row[i] != 0) {
        indices[position] = i;
        values[position++] = row[i];
      }
    }
    return new QueryVector.Sparse(indices, values);
  }

  @Override
  public DataType type() {
    return DataType.SPARSE_FLOAT_VECTOR;
  }

  @Override
  public int rowCount() {
    return firstEntries.length - 1;
  }

  @Override
  public boolean isNull(int row) {
    return nulls.test(row);
  }

  @Override
  public boolean mayHaveNulls() {
    return mayHaveNulls;
  }

  @Override
  public int entryCount(int row) {
    return firstEntries[row + 1] - firstEntries[row];
  }

  @Override
  public MemorySegment memoryOf(int row) {
    return block;
  }

  @Override
  public long offsetOf(int row) {
    return BLOCK_OFFSET + (long) ENTRY_BYTES * firstEntries[row];
  }

  @Override
  public void copyEntries(int row, int[] indices, float[] values) {
    for (int i = 0; i < entryCount(row); i++) {
      long position = offsetOf(row) + (long) ENTRY_BYTES * i;
      indices[i] = block.get(LittleEndian.INT, position);
      values[i] = block.get(LittleEndian.FLOAT, position + 4);
    }
  }
}

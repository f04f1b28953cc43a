package dev.sagitta.engine.column;

import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;

/** Sparse vectors as runs of index and value. */
final class MemorySparseVectorColumn extends MemoryColumn implements SparseVectorColumn {
  MemorySparseVectorColumn(ColumnType type, int rowCount, ValueLocator values, Validity validity) {
    super(type, rowCount, values, validity);
  }

  @Override
  public int entryCount(int row) {
    return values.lengthOf(row) / ENTRY_BYTES;
  }

  @Override
  public MemorySegment memoryOf(int row) {
    return values.memoryOf(row);
  }

  @Override
  public long offsetOf(int row) {
    return values.offsetOf(row);
  }

  @Override
  public void copyEntries(int row, int[] indices, float[] entryValues) {
    MemorySegment memory = values.memoryOf(row);
    long position = values.offsetOf(row);
    int count = entryCount(row);
    for (int i = 0; i < count; i++, position += ENTRY_BYTES) {
      indices[i] = memory.get(LittleEndian.INT, position);
      entryValues[i] = memory.get(LittleEndian.FLOAT, position + Integer.BYTES);
    }
  }
}

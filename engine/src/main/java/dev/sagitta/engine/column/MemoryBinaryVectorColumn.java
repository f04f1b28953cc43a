package dev.sagitta.engine.column;

import java.lang.foreign.MemorySegment;

/** Vectors of packed bits. */
final class MemoryBinaryVectorColumn extends MemoryColumn implements BinaryVectorColumn {
  MemoryBinaryVectorColumn(ColumnType type, int rowCount, ValueLocator values, Validity validity) {
    super(type, rowCount, values, validity);
  }

  @Override
  public int dimension() {
    return columnType.dimension();
  }

  @Override
  public int vectorBytes() {
    return columnType.width();
  }

  @Override
  public MemorySegment blockOf(int row) {
    return values.memoryOf(row);
  }

  @Override
  public long offsetInBlock(int row) {
    return values.offsetOf(row);
  }

  @Override
  public int contiguousRows(int row) {
    return Math.min(values.contiguousRows(row), rowCount() - row);
  }
}

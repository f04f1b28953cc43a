package dev.sagitta.engine.column;

import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;

/** Vectors of little-endian floats. */
final class MemoryFloatVectorColumn extends MemoryColumn implements FloatVectorColumn {
  private final int dimension;

  MemoryFloatVectorColumn(ColumnType type, int rowCount, ValueLocator values, Validity validity) {
    super(type, rowCount, values, validity);
    this.dimension = type.dimension();
  }

  @Override
  public int dimension() {
    return dimension;
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

  @Override
  public void copyVector(int row, float[] target, int offset) {
    MemorySegment.copy(
        values.memoryOf(row), LittleEndian.FLOAT, values.offsetOf(row), target, offset, dimension);
  }
}

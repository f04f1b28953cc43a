package dev.sagitta.engine.column;

import static java.util.Objects.checkFromIndexSize;

import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;

/** Lists of float vectors, each list as one run of little-endian floats. */
final class MemoryVectorListColumn extends MemoryColumn implements VectorListColumn {
  private final int dimension;
  private final int vectorBytes;

  MemoryVectorListColumn(ColumnType type, int rowCount, ValueLocator values, Validity validity) {
    super(type, rowCount, values, validity);
    this.dimension = type.dimension();
    this.vectorBytes = type.elementWidth();
  }

  @Override
  public DataType elementType() {
    return columnType.elementType().orElseThrow();
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public int vectorBytes() {
    return vectorBytes;
  }

  @Override
  public int lengthAt(int row) {
    return values.lengthOf(row) / vectorBytes;
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
  public void copyVectors(int row, int first, int count, float[] target, int offset) {
    int _ = checkFromIndexSize(first, count, lengthAt(row));
    MemorySegment.copy(
        values.memoryOf(row),
        LittleEndian.FLOAT,
        values.offsetOf(row) + (long) first * vectorBytes,
        target,
        offset,
        Math.multiplyExact(count, dimension));
  }
}

package dev.sagitta.engine.column;

import dev.sagitta.engine.storage.LittleEndian;
import dev.sagitta.engine.vector.BrainFloat;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Dense vectors of little-endian numbers. */
final class MemoryDenseVectorColumn extends MemoryColumn implements DenseVectorColumn {
  private final int dimension;

  MemoryDenseVectorColumn(ColumnType type, int rowCount, ValueLocator values, Validity validity) {
    super(type, rowCount, values, validity);
    this.dimension = type.dimension();
  }

  @Override
  public int dimension() {
    return dimension;
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

  @Override
  public void copyVector(int row, float[] target, int offset) {
    MemorySegment memory = values.memoryOf(row);
    long start = values.offsetOf(row);
    switch (type()) {
      case FLOAT16_VECTOR -> {
        for (int i = 0; i < dimension; i++) {
          short half = memory.get(LittleEndian.SHORT, start + 2L * i);
          target[offset + i] = Float.float16ToFloat(half);
        }
      }
      case BFLOAT16_VECTOR -> {
        for (int i = 0; i < dimension; i++) {
          target[offset + i] = BrainFloat.toFloat(memory.get(LittleEndian.SHORT, start + 2L * i));
        }
      }
      case INT8_VECTOR -> {
        for (int i = 0; i < dimension; i++) {
          target[offset + i] = memory.get(ValueLayout.JAVA_BYTE, start + i);
        }
      }
      default -> MemorySegment.copy(memory, LittleEndian.FLOAT, start, target, offset, dimension);
    }
  }
}

package dev.sagitta.engine.column;

import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.vector.BrainFloat;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** Builds columns of numbers, truth values and vectors. */
final class FixedWidthColumnBuilder extends ColumnBuilder {
  private final int width;

  FixedWidthColumnBuilder(ColumnType type, Optional<FieldSchema> field, int expectedRows) {
    super(type, field, (long) expectedRows * type.width());
    this.width = type.width();
  }

  @Override
  public void appendLong(long value) {
    putLong(type.type(), value);
    rowAppended();
  }

  @Override
  public void appendDouble(double value) {
    putDouble(type.type(), value);
    rowAppended();
  }

  @Override
  public void appendBoolean(boolean value) {
    putBoolean(type.type(), value);
    rowAppended();
  }

  @Override
  public void appendVector(float[] vector, int offset) {
    int end = offset + type.dimension();
    switch (type.type()) {
      case FLOAT_VECTOR -> values.putFloats(vector, offset, type.dimension());
      case FLOAT16_VECTOR -> {
        for (int i = offset; i < end; i++) {
          values.putShort(Float.floatToFloat16(vector[i]));
        }
      }
      case BFLOAT16_VECTOR -> {
        for (int i = offset; i < end; i++) {
          values.putShort(BrainFloat.toBits(vector[i]));
        }
      }
      case INT8_VECTOR -> {
        for (int i = offset; i < end; i++) {
          values.putByte((int) vector[i]);
        }
      }
      default -> throw wrongType("FloatVector");
    }
    rowAppended();
  }

  @Override
  public void appendVectorBytes(byte[] bytes, int offset) {
    if (!type.type().isVector()) {
      throw wrongType("BinaryVector");
    }
    values.putBytes(bytes, offset, width);
    rowAppended();
  }

  @Override
  void appendEmpty() {
    values.putZeros(width);
  }

  @Override
  MemorySegment offsets() {
    return MemorySegment.NULL;
  }
}

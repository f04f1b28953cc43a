package dev.sagitta.engine.column;

import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
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
    if (type.type() != DataType.FLOAT_VECTOR) {
      throw wrongType("FloatVector");
    }
    values.putFloats(vector, offset, type.dimension());
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

package dev.sagitta.engine.column;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** Builds columns of strings, JSON, geometries and sparse vectors. */
final class VariableLengthColumnBuilder extends ColumnBuilder {
  private static final int GUESSED_LENGTH = 16;

  private final GrowableBytes offsets;

  VariableLengthColumnBuilder(ColumnType type, Optional<FieldSchema> field, int expectedRows) {
    super(type, field, (long) expectedRows * GUESSED_LENGTH);
    this.offsets = new GrowableBytes((expectedRows + 1L) * Integer.BYTES);
    offsets.putInt(0);
  }

  @Override
  public void appendString(String value) {
    byte[] utf8 = value.getBytes(UTF_8);
    appendUtf8(utf8, 0, utf8.length);
  }

  @Override
  public void appendUtf8(byte[] utf8, int offset, int length) {
    if (type.type() != DataType.VARCHAR) {
      throw wrongType("VarChar");
    }
    values.putBytes(utf8, offset, length);
    rowAppended();
  }

  @Override
  public void appendJson(byte[] utf8) {
    if (type.type() != DataType.JSON) {
      throw wrongType("JSON");
    }
    values.putBytes(utf8, 0, utf8.length);
    rowAppended();
  }

  @Override
  public void appendGeometry(byte[] wkb) {
    if (type.type() != DataType.GEOMETRY) {
      throw wrongType("Geometry");
    }
    values.putBytes(wkb, 0, wkb.length);
    rowAppended();
  }

  @Override
  public void appendSparseVector(int[] indices, float[] entryValues, int count) {
    if (type.type() != DataType.SPARSE_FLOAT_VECTOR) {
      throw wrongType("SparseFloatVector");
    }
    for (int i = 0; i < count; i++) {
      values.putInt(indices[i]);
      values.putInt(Float.floatToRawIntBits(entryValues[i]));
    }
    rowAppended();
  }

  @Override
  void rowAppended() {
    offsets.putInt(values.size());
    super.rowAppended();
  }

  @Override
  void appendEmpty() {}

  @Override
  MemorySegment offsets() {
    return offsets.memory();
  }
}

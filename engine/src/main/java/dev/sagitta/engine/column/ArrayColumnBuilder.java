package dev.sagitta.engine.column;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * Builds columns of arrays, in the encoding of {@link MemoryArrayColumn}, and of lists of vectors,
 * in that of {@link MemoryVectorListColumn}.
 */
final class ArrayColumnBuilder extends ColumnBuilder {
  private static final int GUESSED_LENGTH = 32;

  private final DataType elementType;
  private final GrowableBytes offsets;

  /** Strings of the array being built, and where each ends. */
  private final GrowableBytes strings = new GrowableBytes(0);

  private final GrowableBytes stringEnds = new GrowableBytes(0);
  private boolean open;

  ArrayColumnBuilder(ColumnType type, Optional<FieldSchema> field, int expectedRows) {
    super(type, field, (long) expectedRows * GUESSED_LENGTH);
    this.elementType = type.elementType().orElseThrow();
    this.offsets = new GrowableBytes((expectedRows + 1L) * Integer.BYTES);
    offsets.putInt(0);
  }

  @Override
  public void beginArray() {
    if (open) {
      throw new IllegalStateException("array is open already: row=" + rowCount());
    }
    open = true;
  }

  @Override
  public void appendElementLong(long value) {
    requireOpen();
    putLong(elementType, value);
  }

  @Override
  public void appendElementDouble(double value) {
    requireOpen();
    putDouble(elementType, value);
  }

  @Override
  public void appendElementBoolean(boolean value) {
    requireOpen();
    putBoolean(elementType, value);
  }

  @Override
  public void appendElementString(String value) {
    requireOpen();
    if (elementType != DataType.VARCHAR) {
      throw wrongType("VarChar");
    }
    byte[] utf8 = value.getBytes(UTF_8);
    strings.putBytes(utf8, 0, utf8.length);
    stringEnds.putInt(strings.size());
  }

  /** Appends a vector to the open list. */
  @Override
  public void appendVector(float[] vector, int offset) {
    if (type.type() != DataType.ARRAY_OF_VECTOR) {
      throw wrongType("FloatVector");
    }
    requireOpen();
    values.putFloats(vector, offset, type.dimension());
  }

  @Override
  public void endArray() {
    requireOpen();
    open = false;
    if (elementType == DataType.VARCHAR) {
      values.putInt(stringEnds.size() / Integer.BYTES);
      values.putMemory(stringEnds.memory(), 0, stringEnds.size());
      values.putMemory(strings.memory(), 0, strings.size());
      strings.truncate(0);
      stringEnds.truncate(0);
    }
    rowAppended();
  }

  @Override
  void rowAppended() {
    offsets.putInt(values.size());
    super.rowAppended();
  }

  @Override
  void appendEmpty() {
    if (open) {
      throw new IllegalStateException("array is open: row=" + rowCount());
    }
  }

  @Override
  MemorySegment offsets() {
    return offsets.memory();
  }

  private void requireOpen() {
    if (!open) {
      throw new IllegalStateException("no array is open: row=" + rowCount());
    }
  }
}

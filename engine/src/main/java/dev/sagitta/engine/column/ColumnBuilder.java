package dev.sagitta.engine.column;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.geometry.WellKnownText;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * Collects the values of one field on the heap, without an object per value. Only the append
 * methods of the field's type work, the others throw {@link IllegalStateException}. Values are not
 * checked against the schema's limits. Not safe for concurrent use; {@link #build} ends the use.
 */
public abstract sealed class ColumnBuilder
    permits FixedWidthColumnBuilder, VariableLengthColumnBuilder, ArrayColumnBuilder {
  final ColumnType type;
  final GrowableBytes values;
  private final GrowableBytes nullBits = new GrowableBytes(0);
  private final Optional<FieldSchema> field;
  private boolean nulls;
  private int rowCount;

  ColumnBuilder(ColumnType type, Optional<FieldSchema> field, long expectedBytes) {
    this.type = requireNonNull(type, "type is null");
    this.field = requireNonNull(field, "field is null");
    this.values = new GrowableBytes(expectedBytes);
  }

  public static ColumnBuilder forField(FieldSchema field, int expectedRows) {
    return create(ColumnType.of(field), Optional.of(field), expectedRows);
  }

  /** A builder that knows no field: {@link #appendDefault} appends null. */
  public static ColumnBuilder forType(ColumnType type, int expectedRows) {
    return create(type, Optional.empty(), expectedRows);
  }

  private static ColumnBuilder create(
      ColumnType type, Optional<FieldSchema> field, int expectedRows) {
    if (type.type().hasElements()) {
      return new ArrayColumnBuilder(type, field, expectedRows);
    }
    return type.variableLength()
        ? new VariableLengthColumnBuilder(type, field, expectedRows)
        : new FixedWidthColumnBuilder(type, field, expectedRows);
  }

  public final ColumnType type() {
    return type;
  }

  public final int rowCount() {
    return rowCount;
  }

  /** Bytes of the values so far; for limits. */
  public final int sizeInBytes() {
    return values.size();
  }

  /**
   * Appends to an integer field; the value must fit the type. Appends microseconds since 1970 to a
   * Timestamptz field.
   */
  public void appendLong(long value) {
    throw wrongType("Int");
  }

  /** Appends to a Float or Double field. */
  public void appendDouble(double value) {
    throw wrongType("Double");
  }

  public void appendBoolean(boolean value) {
    throw wrongType("Bool");
  }

  public void appendString(String value) {
    throw wrongType("VarChar");
  }

  /** Appends UTF-8 bytes to a VarChar field. */
  public void appendUtf8(byte[] utf8, int offset, int length) {
    throw wrongType("VarChar");
  }

  /** Appends JSON text as UTF-8. */
  public void appendJson(byte[] utf8) {
    throw wrongType("JSON");
  }

  /** Appends well-known binary to a Geometry field. */
  public void appendGeometry(byte[] wkb) {
    throw wrongType("Geometry");
  }

  /**
   * Appends the field's dimension many numbers from {@code offset} on to a field of dense vectors,
   * rounded to its type; those of an Int8Vector field must fit it. To a field of lists of vectors
   * it appends a vector to the open list.
   */
  public void appendVector(float[] vector, int offset) {
    throw wrongType("FloatVector");
  }

  /** Appends a row of a dense or binary vector field as its bytes, from {@code offset} on. */
  public void appendVectorBytes(byte[] bytes, int offset) {
    throw wrongType("BinaryVector");
  }

  /**
   * Appends the first {@code count} entries of both arrays to a sparse vector field.
   *
   * @param indices sorted, compared unsigned, none twice
   */
  public void appendSparseVector(int[] indices, float[] values, int count) {
    throw wrongType("SparseFloatVector");
  }

  /** Begins a row of an Array or ArrayOfVector field, which {@link #endArray} ends. */
  public void beginArray() {
    throw wrongType("Array");
  }

  public void appendElementLong(long value) {
    throw wrongType("Array");
  }

  public void appendElementDouble(double value) {
    throw wrongType("Array");
  }

  public void appendElementBoolean(boolean value) {
    throw wrongType("Array");
  }

  public void appendElementString(String value) {
    throw wrongType("Array");
  }

  public void endArray() {
    throw wrongType("Array");
  }

  /** Appends a null row. */
  public final void appendNull() {
    nullBits.orByte(rowCount >>> 3, 1 << (rowCount & 7));
    nulls = true;
    appendEmpty();
    rowAppended();
  }

  /**
   * Appends the field's default value, or null when it is nullable and has none.
   *
   * @throws IllegalStateException if the field has neither
   */
  public final void appendDefault() {
    Optional<Object> defaultValue = field.flatMap(FieldSchema::defaultValue);
    if (defaultValue.isPresent()) {
      appendValue(defaultValue.get());
    } else if (field.isEmpty() || field.get().nullable() || field.get().dynamic()) {
      appendNull();
    } else {
      throw new IllegalStateException("field has no default: field=" + field.get().name());
    }
  }

  /** Appends the value of another column of the same type. */
  public final void appendFrom(Column column, int row) {
    if (column.isNull(row)) {
      appendNull();
    } else if (column instanceof MemoryColumn memoryColumn
        && memoryColumn.columnType.equals(type)) {
      ValueLocator locator = memoryColumn.values;
      values.putMemory(locator.memoryOf(row), locator.offsetOf(row), locator.lengthOf(row));
      rowAppended();
    } else {
      throw new IllegalArgumentException(
          "column of another type: type=" + column.type() + " expected=" + type);
    }
  }

  public final Column build() {
    return image().toColumn();
  }

  /** The column as runs of bytes. */
  public final ColumnImage image() {
    if (nulls) {
      nullBits.orByte((rowCount - 1) >>> 3, 0);
    }
    return new ColumnImage(
        type, rowCount, nulls ? nullBits.memory() : MemorySegment.NULL, offsets(), values.memory());
  }

  /** Appends what a null row holds: zeros for values of fixed width, else nothing. */
  abstract void appendEmpty();

  abstract MemorySegment offsets();

  /** To be called by subclasses behind each value. */
  void rowAppended() {
    rowCount++;
  }

  final void putLong(DataType valueType, long value) {
    switch (valueType) {
      case INT64, TIMESTAMPTZ -> values.putLong(value);
      case INT32 -> values.putInt((int) value);
      case INT16 -> values.putShort((int) value);
      case INT8 -> values.putByte((int) value);
      default -> throw wrongType("Int");
    }
  }

  final void putDouble(DataType valueType, double value) {
    switch (valueType) {
      case FLOAT -> values.putInt(Float.floatToRawIntBits((float) value));
      case DOUBLE -> values.putLong(Double.doubleToRawLongBits(value));
      default -> throw wrongType("Double");
    }
  }

  final void putBoolean(DataType valueType, boolean value) {
    if (valueType != DataType.BOOL) {
      throw wrongType("Bool");
    }
    values.putByte(value ? 1 : 0);
  }

  private void appendValue(Object value) {
    switch (value) {
      case Boolean bool -> appendBoolean(bool);
      case String string -> {
        switch (type.type()) {
          case JSON -> appendJson(string.getBytes(UTF_8));
          case GEOMETRY -> appendGeometry(WellKnownText.toBinary(string));
          default -> appendString(string);
        }
      }
      case Number number -> {
        if (type.type().isFloatingPoint()) {
          appendDouble(number.doubleValue());
        } else {
          appendLong(number.longValue());
        }
      }
      default -> throw new IllegalStateException("default of an unknown kind: value=" + value);
    }
  }

  final IllegalStateException wrongType(String appended) {
    return new IllegalStateException(
        "value of another type: type=" + type.type() + " appended=" + appended);
  }
}

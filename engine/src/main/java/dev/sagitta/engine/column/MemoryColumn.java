package dev.sagitta.engine.column;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.schema.DataType;
import java.lang.foreign.MemorySegment;

/** What all columns over memory share. Immutable. */
public abstract sealed class MemoryColumn implements Column
    permits MemoryLongColumn,
        MemoryDoubleColumn,
        MemoryBooleanColumn,
        MemoryStringColumn,
        MemoryJsonColumn,
        MemoryGeometryColumn,
        MemoryArrayColumn,
        MemoryDenseVectorColumn,
        MemoryBinaryVectorColumn,
        MemorySparseVectorColumn,
        MemoryVectorListColumn {
  final ColumnType columnType;
  final ValueLocator values;
  private final int rowCount;
  private final Validity validity;
  private final boolean nulls;

  MemoryColumn(ColumnType columnType, int rowCount, ValueLocator values, Validity validity) {
    this.columnType = requireNonNull(columnType, "columnType is null");
    this.values = requireNonNull(values, "values is null");
    this.validity = requireNonNull(validity, "validity is null");
    this.rowCount = rowCount;
    this.nulls = validity.mayHaveNulls();
  }

  /** A column of the type over values that lie anywhere. */
  public static MemoryColumn create(
      ColumnType type, int rowCount, ValueLocator values, Validity validity) {
    return switch (type.type()) {
      case INT8, INT16, INT32, INT64, TIMESTAMPTZ ->
          new MemoryLongColumn(type, rowCount, values, validity);
      case FLOAT, DOUBLE -> new MemoryDoubleColumn(type, rowCount, values, validity);
      case BOOL -> new MemoryBooleanColumn(type, rowCount, values, validity);
      case VARCHAR -> new MemoryStringColumn(type, rowCount, values, validity);
      case JSON -> new MemoryJsonColumn(type, rowCount, values, validity);
      case GEOMETRY -> new MemoryGeometryColumn(type, rowCount, values, validity);
      case ARRAY -> new MemoryArrayColumn(type, rowCount, values, validity);
      case FLOAT_VECTOR, FLOAT16_VECTOR, BFLOAT16_VECTOR, INT8_VECTOR ->
          new MemoryDenseVectorColumn(type, rowCount, values, validity);
      case BINARY_VECTOR -> new MemoryBinaryVectorColumn(type, rowCount, values, validity);
      case SPARSE_FLOAT_VECTOR -> new MemorySparseVectorColumn(type, rowCount, values, validity);
      case ARRAY_OF_VECTOR -> new MemoryVectorListColumn(type, rowCount, values, validity);
    };
  }

  @Override
  public final DataType type() {
    return columnType.type();
  }

  @Override
  public final int rowCount() {
    return rowCount;
  }

  @Override
  public final boolean isNull(int row) {
    return nulls && validity.isNull(row);
  }

  @Override
  public final boolean mayHaveNulls() {
    return nulls;
  }

  @Override
  public final long nullBits(int firstRow, int count) {
    return nulls ? validity.nullBits(firstRow, count) : 0;
  }

  /** Where the values lie; for copying them as bytes. */
  public final ValueLocator values() {
    return values;
  }

  final Validity validity() {
    return validity;
  }

  /** The memory that holds all rows at {@code row * width}, or an empty one. */
  static MemorySegment flatMemory(ValueLocator values, int rowCount) {
    return values.isFlat() && rowCount > 0 ? values.memoryOf(0) : MemorySegment.NULL;
  }
}

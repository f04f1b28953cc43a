package dev.sagitta.engine.column;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.schema.DataType;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Optional;

/** Columns of float vectors over arrays of floats, so that query vectors need not be copied. */
public final class FloatVectors {
  private FloatVectors() {}

  /**
   * A column of vectors one after another, reading the array in place where the machine's order of
   * bytes allows it; so the array must not be changed any more.
   *
   * @param values at least {@code rowCount * dimension} numbers
   */
  public static DenseVectorColumn column(float[] values, int dimension, int rowCount) {
    requireNonNull(values, "values is null");
    ColumnType type = new ColumnType(DataType.FLOAT_VECTOR, Optional.empty(), dimension);
    if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
      ColumnBuilder copy = ColumnBuilder.forType(type, rowCount);
      for (int row = 0; row < rowCount; row++) {
        copy.appendVector(values, row * dimension);
      }
      return (DenseVectorColumn) copy.build();
    }
    MemorySegment memory =
        MemorySegment.ofArray(values).asSlice(0, (long) rowCount * dimension * Float.BYTES);
    return (DenseVectorColumn)
        new ColumnImage(type, rowCount, MemorySegment.NULL, MemorySegment.NULL, memory).toColumn();
  }

  /**
   * The numbers of a column's vectors, one vector after another from the array's start: the array
   * that the column was made of, else a copy.
   */
  public static float[] of(DenseVectorColumn column) {
    if (column instanceof MemoryColumn memoryColumn
        && memoryColumn.values instanceof FixedWidthLocator fixed
        && fixed.memory().address() == 0
        && fixed.memory().heapBase().orElse(null) instanceof float[] values) {
      return values;
    }
    int dimension = column.dimension();
    float[] copy = new float[Math.multiplyExact(column.rowCount(), dimension)];
    for (int row = 0; row < column.rowCount(); row++) {
      column.copyVector(row, copy, row * dimension);
    }
    return copy;
  }
}

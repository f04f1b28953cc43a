package dev.sagitta.engine.column;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import java.util.Optional;

/**
 * What is needed to read a column's bytes.
 *
 * @param type type of the values
 * @param elementType type of the elements of an ARRAY or ARRAY_OF_VECTOR, else empty
 * @param dimension numbers of a dense vector or of each vector of a list, bits of a binary one,
 *     else 0
 */
public record ColumnType(DataType type, Optional<DataType> elementType, int dimension) {
  /** The type of the column that holds each row's timestamp. */
  public static final ColumnType TIMESTAMP = new ColumnType(DataType.INT64, Optional.empty(), 0);

  public ColumnType {
    requireNonNull(type, "type is null");
    requireNonNull(elementType, "elementType is null");
    if (type.hasElements() != elementType.isPresent()) {
      throw new IllegalArgumentException("elementType is for arrays only: type=" + type);
    }
    if (hasDimension(type) ? dimension < 1 : dimension != 0) {
      throw new IllegalArgumentException(
          "dimension is for vectors only: type=" + type + " dimension=" + dimension);
    }
    if (type == DataType.BINARY_VECTOR && dimension % Byte.SIZE != 0) {
      throw new IllegalArgumentException(
          "dimension must be a multiple of 8: type=" + type + " dimension=" + dimension);
    }
    if (type == DataType.ARRAY_OF_VECTOR) {
      requireFloatVector(elementType.orElseThrow());
    } else {
      elementType.ifPresent(ColumnType::requireScalar);
    }
  }

  public static ColumnType of(FieldSchema field) {
    int dimension = hasDimension(field.type()) ? field.dimension() : 0;
    return new ColumnType(field.type(), field.elementType(), dimension);
  }

  public static ColumnType of(Column column) {
    return switch (column) {
      case ArrayColumn array -> new ColumnType(array.type(), Optional.of(array.elementType()), 0);
      case VectorListColumn lists ->
          new ColumnType(lists.type(), Optional.of(lists.elementType()), lists.dimension());
      case VectorColumn vectors ->
          new ColumnType(vectors.type(), Optional.empty(), vectors.dimension());
      default -> new ColumnType(column.type(), Optional.empty(), 0);
    };
  }

  /** Whether values have different lengths, so that rows are found through offsets. */
  public boolean variableLength() {
    return type == DataType.VARCHAR
        || type == DataType.JSON
        || type.hasElements()
        || type == DataType.GEOMETRY
        || type == DataType.SPARSE_FLOAT_VECTOR;
  }

  /** Bytes of one value; only for types that are not of variable length. */
  public int width() {
    return switch (type) {
      case FLOAT_VECTOR -> Math.multiplyExact(dimension, Float.BYTES);
      case FLOAT16_VECTOR, BFLOAT16_VECTOR -> Math.multiplyExact(dimension, Short.BYTES);
      case INT8_VECTOR -> dimension;
      case BINARY_VECTOR -> dimension / Byte.SIZE;
      default -> scalarWidth(type);
    };
  }

  /** Bytes of one element; only for arrays whose elements have a fixed width. */
  int elementWidth() {
    return type == DataType.ARRAY_OF_VECTOR
        ? Math.multiplyExact(dimension, Float.BYTES)
        : scalarWidth(elementType.orElseThrow());
  }

  private static boolean hasDimension(DataType type) {
    return type.isVector() && type != DataType.SPARSE_FLOAT_VECTOR;
  }

  static int scalarWidth(DataType type) {
    return switch (type) {
      case BOOL, INT8 -> 1;
      case INT16 -> 2;
      case INT32, FLOAT -> 4;
      case INT64, DOUBLE, TIMESTAMPTZ -> 8;
      default -> throw new IllegalArgumentException("type has no fixed width: type=" + type);
    };
  }

  private static void requireFloatVector(DataType type) {
    if (type != DataType.FLOAT_VECTOR) {
      throw new IllegalArgumentException("lists are of float vectors only: elementType=" + type);
    }
  }

  private static void requireScalar(DataType type) {
    switch (type) {
      case BOOL, INT8, INT16, INT32, INT64, FLOAT, DOUBLE, VARCHAR -> {}
      default ->
          throw new IllegalArgumentException(
              "type cannot be an array element: elementType=" + type);
    }
  }
}

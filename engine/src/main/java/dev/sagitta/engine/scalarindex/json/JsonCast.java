package dev.sagitta.engine.scalarindex.json;

import dev.sagitta.engine.schema.DataType;
import java.util.Optional;

/**
 * What values of JSON documents are indexed as: Milvus's {@code json_cast_type}. Values of other
 * types are left out. Codes are what is written to disk.
 */
public enum JsonCast {
  BOOL(1, Optional.of(DataType.BOOL), false),
  DOUBLE(2, Optional.of(DataType.DOUBLE), false),
  VARCHAR(3, Optional.of(DataType.VARCHAR), false),
  ARRAY_BOOL(4, Optional.of(DataType.BOOL), true),
  ARRAY_DOUBLE(5, Optional.of(DataType.DOUBLE), true),
  ARRAY_VARCHAR(6, Optional.of(DataType.VARCHAR), true),
  /** All values below the path, of any type. */
  JSON(7, Optional.empty(), false);

  private final int code;
  private final Optional<DataType> valueType;
  private final boolean elements;

  JsonCast(int code, Optional<DataType> valueType, boolean elements) {
    this.code = code;
    this.valueType = valueType;
    this.elements = elements;
  }

  public int code() {
    return code;
  }

  /** BOOL, DOUBLE or VARCHAR; empty for {@link #JSON}. */
  Optional<DataType> valueType() {
    return valueType;
  }

  /** Whether the elements of arrays are indexed. */
  boolean elements() {
    return elements;
  }

  static Optional<JsonCast> fromName(String name) {
    for (JsonCast cast : values()) {
      if (cast.name().equals(name)) {
        return Optional.of(cast);
      }
    }
    return Optional.empty();
  }

  static Optional<JsonCast> fromCode(int code) {
    for (JsonCast cast : values()) {
      if (cast.code == code) {
        return Optional.of(cast);
      }
    }
    return Optional.empty();
  }
}

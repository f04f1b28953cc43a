package dev.sagitta.engine.schema;

import java.util.Optional;

/** Field types. Names and codes are Milvus's public contract; codes are what is written to disk. */
public enum DataType {
  BOOL("Bool", 1),
  INT8("Int8", 2),
  INT16("Int16", 3),
  INT32("Int32", 4),
  INT64("Int64", 5),
  FLOAT("Float", 10),
  DOUBLE("Double", 11),
  VARCHAR("VarChar", 21),
  ARRAY("Array", 22),
  JSON("JSON", 23),
  GEOMETRY("Geometry", 24),
  TIMESTAMPTZ("Timestamptz", 26),
  BINARY_VECTOR("BinaryVector", 100),
  FLOAT_VECTOR("FloatVector", 101),
  FLOAT16_VECTOR("Float16Vector", 102),
  BFLOAT16_VECTOR("BFloat16Vector", 103),
  SPARSE_FLOAT_VECTOR("SparseFloatVector", 104),
  INT8_VECTOR("Int8Vector", 105),

  /** Lists of float vectors, one list a row; only inside structs. */
  ARRAY_OF_VECTOR("ArrayOfVector", 106);

  private final String milvusName;
  private final int code;

  DataType(String milvusName, int code) {
    this.milvusName = milvusName;
    this.code = code;
  }

  /** The name clients use, for example {@code VarChar}. */
  public String milvusName() {
    return milvusName;
  }

  /** The stable number of this type, in protocols and files. */
  public int code() {
    return code;
  }

  public static Optional<DataType> fromMilvusName(String name) {
    for (DataType type : values()) {
      if (type.milvusName.equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  public static Optional<DataType> fromCode(int code) {
    for (DataType type : values()) {
      if (type.code == code) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** Int8, Int16, Int32 or Int64. */
  public boolean isInteger() {
    return code >= INT8.code && code <= INT64.code;
  }

  /** Float or Double. */
  public boolean isFloatingPoint() {
    return this == FLOAT || this == DOUBLE;
  }

  public boolean isVector() {
    return code >= BINARY_VECTOR.code;
  }

  /** Array or ArrayOfVector: a value has elements, of a type that the field names. */
  public boolean hasElements() {
    return this == ARRAY || this == ARRAY_OF_VECTOR;
  }
}

package dev.sagitta.engine.index.ivf;

import dev.sagitta.engine.schema.DataType;

/** The types of vectors that inverted files of numbers are made of, as in Milvus. */
final class DenseTypes {
  private DenseTypes() {}

  static boolean contains(DataType type) {
    return type == DataType.FLOAT_VECTOR
        || type == DataType.FLOAT16_VECTOR
        || type == DataType.BFLOAT16_VECTOR
        || type == DataType.INT8_VECTOR;
  }
}

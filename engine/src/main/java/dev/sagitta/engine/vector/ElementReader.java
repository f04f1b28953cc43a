package dev.sagitta.engine.vector;

import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;

/** Reads one number of a dense vector as a float. */
@FunctionalInterface
interface ElementReader {
  /**
   * @param rowOffset byte offset of the vector's first number
   * @param index which number
   */
  float read(MemorySegment rows, long rowOffset, int index);

  /** The reader for vectors of a dense type. */
  static ElementReader of(DataType type) {
    return switch (type) {
      case FLOAT_VECTOR ->
          (rows, rowOffset, index) -> rows.get(LittleEndian.FLOAT, rowOffset + 4L * index);
      case FLOAT16_VECTOR ->
          (rows, rowOffset, index) ->
              Float.float16ToFloat(rows.get(LittleEndian.SHORT, rowOffset + 2L * index));
      case BFLOAT16_VECTOR ->
          (rows, rowOffset, index) ->
              BrainFloat.toFloat(rows.get(LittleEndian.SHORT, rowOffset + 2L * index));
      case INT8_VECTOR ->
          (rows, rowOffset, index) -> rows.get(LittleEndian.BYTE, rowOffset + index);
      default -> throw new IllegalArgumentException("vectors are not dense: type=" + type);
    };
  }
}

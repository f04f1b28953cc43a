package dev.sagitta.engine.vector;

import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.util.Random;

/** Dense vectors whose numbers their type holds exactly, for tests. */
public final class TestVectors {
  private TestVectors() {}

  public static int vectorBytes(DataType type, int dimension) {
    return switch (type) {
      case FLOAT_VECTOR -> 4 * dimension;
      case FLOAT16_VECTOR, BFLOAT16_VECTOR -> 2 * dimension;
      case INT8_VECTOR -> dimension;
      default -> throw new IllegalArgumentException("vectors are not dense: type=" + type);
    };
  }

  public static float[] random(DataType type, int dimension, Random random) {
    float[] values = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      float value = (float) random.nextGaussian();
      values[i] = round(type, type == DataType.INT8_VECTOR ? 40 * value : value);
    }
    return values;
  }

  /** The nearest number that the type can hold. */
  public static float round(DataType type, float value) {
    return switch (type) {
      case FLOAT16_VECTOR -> Float.float16ToFloat(Float.floatToFloat16(value));
      case BFLOAT16_VECTOR -> BrainFloat.toFloat(BrainFloat.toBits(value));
      case INT8_VECTOR -> Math.clamp(Math.round(value), -128, 127);
      default -> value;
    };
  }

  public static void write(DataType type, float[] values, MemorySegment target, long offset) {
    for (int i = 0; i < values.length; i++) {
      switch (type) {
        case FLOAT_VECTOR -> target.set(LittleEndian.FLOAT, offset + 4L * i, values[i]);
        case FLOAT16_VECTOR ->
            target.set(LittleEndian.SHORT, offset + 2L * i, Float.floatToFloat16(values[i]));
        case BFLOAT16_VECTOR ->
            target.set(LittleEndian.SHORT, offset + 2L * i, BrainFloat.toBits(values[i]));
        case INT8_VECTOR -> target.set(LittleEndian.BYTE, offset + i, (byte) values[i]);
        default -> throw new IllegalArgumentException("vectors are not dense: type=" + type);
      }
    }
  }
}

package dev.sagitta.engine.vector;

import dev.sagitta.engine.schema.DataType;
import java.util.List;

/** Compares all kernels in a process of its own, whose options limit the width of vectors. */
final class KernelComparison {
  private KernelComparison() {}

  /** Prints the width of vectors, in bits, if all kernels agree. */
  public static void main(String[] arguments) {
    for (DataType type :
        List.of(
            DataType.FLOAT_VECTOR,
            DataType.FLOAT16_VECTOR,
            DataType.BFLOAT16_VECTOR,
            DataType.INT8_VECTOR)) {
      TestVectorKernels.compareOnRandomRows(type);
    }
    TestHalvedFloatKernels.compareOnRandomRows();
    System.out.println("bits=" + VectorKernels.simdBits());
  }
}

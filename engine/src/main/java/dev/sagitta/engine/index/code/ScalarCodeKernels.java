package dev.sagitta.engine.index.code;

import dev.sagitta.engine.vector.VectorKernels;

/** Chooses the kernel of this process, once. */
final class ScalarCodeKernels {
  private ScalarCodeKernels() {}

  /** The fastest kernel that this process can run. */
  static ScalarCodeKernel preferred() {
    return Holder.PREFERRED;
  }

  private static final class Holder {
    private static final ScalarCodeKernel PREFERRED =
        VectorKernels.simdBits() >= SimdScalarCodeKernel.VECTOR_BITS_MIN
            ? new SimdScalarCodeKernel()
            : new PlainLoopScalarCodeKernel();
  }
}

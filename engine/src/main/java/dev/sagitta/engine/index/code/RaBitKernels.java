package dev.sagitta.engine.index.code;

import dev.sagitta.engine.vector.VectorKernels;

/** Chooses the kernel of this process, once. */
final class RaBitKernels {
  private RaBitKernels() {}

  /** The fastest kernel that this process can run. */
  static RaBitKernel preferred() {
    return Holder.PREFERRED;
  }

  private static final class Holder {
    private static final RaBitKernel PREFERRED =
        VectorKernels.simdBits() > 0 ? new SimdRaBitKernel() : new PlainLoopRaBitKernel();
  }
}

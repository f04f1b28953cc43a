package dev.sagitta.engine.index.code;

import dev.sagitta.engine.vector.VectorKernels;

/** Chooses the kernel of this process, once. */
final class CentroidKernels {
  private CentroidKernels() {}

  /** The fastest kernel that this process can run. */
  static CentroidKernel preferred() {
    return Holder.PREFERRED;
  }

  private static final class Holder {
    private static final CentroidKernel PREFERRED =
        VectorKernels.simdBits() > 0 ? new SimdCentroidKernel() : new PlainLoopCentroidKernel();
  }
}

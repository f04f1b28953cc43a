package dev.sagitta.engine.index.ivf;

import dev.sagitta.engine.vector.VectorKernels;

/** Chooses the kernel of this process, once. */
final class FastScanKernels {
  private FastScanKernels() {}

  static FastScanKernel preferred() {
    return Holder.PREFERRED;
  }

  private static FastScanKernel select() {
    return VectorKernels.simdBits() > 0 && SimdFastScanKernel.isUsable()
        ? new SimdFastScanKernel()
        : new ScalarFastScanKernel();
  }

  private static final class Holder {
    private static final FastScanKernel PREFERRED = select();
  }
}

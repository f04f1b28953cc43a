package dev.sagitta.engine.index.code;

import dev.sagitta.engine.vector.VectorKernels;

/** Chooses the kernel of this process, once. */
final class FastScanKernels {
  private FastScanKernels() {}

  /** The fastest kernel that this process can run. */
  static FastScanKernel preferred() {
    return Holder.PREFERRED;
  }

  private static FastScanKernel select() {
    int bits = VectorKernels.simdBits();
    if (bits >= 512) {
      return new Simd512FastScanKernel();
    }
    return bits == 256 ? new Simd256FastScanKernel() : new PlainLoopFastScanKernel();
  }

  private static final class Holder {
    private static final FastScanKernel PREFERRED = select();
  }
}

package dev.sagitta.engine.index.code;

import dev.sagitta.engine.vector.VectorKernels;

/** Chooses the kernel of this process, once. */
final class TableKernels {
  private TableKernels() {}

  /** The fastest kernel that this process can run. */
  static TableKernel preferred() {
    return Holder.PREFERRED;
  }

  private static final class Holder {
    private static final TableKernel PREFERRED =
        VectorKernels.simdBits() >= Float.SIZE * FastScanCode.CENTROIDS
            ? new SimdTableKernel()
            : new PlainLoopTableKernel();
  }
}

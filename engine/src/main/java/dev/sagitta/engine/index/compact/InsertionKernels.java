package dev.sagitta.engine.index.compact;

import dev.sagitta.engine.vector.VectorKernels;

/** Chooses the kernel of this process, once. */
final class InsertionKernels {
  private static final int VECTOR_BITS_MIN = 256;

  /** Longer vectors than the guard is wide have no implementation. */
  private static final int VECTOR_BITS_MAX = Long.SIZE * InsertionKernel.GUARD;

  private InsertionKernels() {}

  /** The fastest kernel that this process can run. */
  static InsertionKernel preferred() {
    return Holder.PREFERRED;
  }

  private static final class Holder {
    private static final InsertionKernel PREFERRED =
        VectorKernels.simdBits() >= VECTOR_BITS_MIN && VectorKernels.simdBits() <= VECTOR_BITS_MAX
            ? new SimdInsertionKernel()
            : new ScalarInsertionKernel();
  }
}

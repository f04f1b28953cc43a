package dev.sagitta.engine.index.sparse;

import dev.sagitta.engine.vector.VectorKernels;

/** Chooses the kernel of this process, once. */
final class PostingKernels {
  private PostingKernels() {}

  /** The fastest kernel that this process can run; constant, so that it can be inlined. */
  static PostingKernel preferred() {
    return Holder.PREFERRED;
  }

  private static final class Holder {
    private static final PostingKernel PREFERRED = select();

    private static PostingKernel select() {
      boolean simd = VectorKernels.simdBits() >= SimdPostingKernel.VECTOR_BITS_MIN;
      return simd ? new SimdPostingKernel() : new ScalarPostingKernel();
    }
  }
}

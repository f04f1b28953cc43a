package dev.sagitta.engine.index.cluster;

import dev.sagitta.engine.vector.VectorKernels;

/** Chooses the kernel of this process, once. */
final class ClusterKernels {
  private ClusterKernels() {}

  static ClusterKernel preferred() {
    return Holder.PREFERRED;
  }

  static ClusterKernel scalar() {
    return Holder.SCALAR;
  }

  private static ClusterKernel select() {
    boolean simd = VectorKernels.simdBits() > 0;
    return simd && SimdClusterKernel.isUsable() ? new SimdClusterKernel() : Holder.SCALAR;
  }

  private static final class Holder {
    private static final ClusterKernel SCALAR = new ScalarClusterKernel();
    private static final ClusterKernel PREFERRED = select();
  }
}

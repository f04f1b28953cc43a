package dev.sagitta.engine.vector;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/** Chooses the kernel of this process, once. */
public final class VectorKernels {
  private static final Logger LOGGER = System.getLogger(VectorKernels.class.getName());
  private static final String VECTOR_MODULE = "jdk.incubator.vector";

  /** Below 128 bits the Vector API has nothing to offer over the scalar loops. */
  private static final int VECTOR_BITS_MIN = 128;

  private VectorKernels() {}

  /**
   * The fastest kernel that this process can run. Constant, so that the compiler can inline it into
   * its callers.
   */
  public static VectorKernel preferred() {
    return Holder.PREFERRED;
  }

  /** The kernel of plain loops. */
  public static VectorKernel scalar() {
    return Holder.SCALAR;
  }

  /** Why the Vector API cannot be used in this process; empty if it can. */
  static Optional<String> reasonAgainstSimd() {
    Optional<Module> vectorModule = ModuleLayer.boot().findModule(VECTOR_MODULE);
    if (vectorModule.isEmpty()) {
      return Optional.of("module is not resolved, add the option --add-modules " + VECTOR_MODULE);
    }
    if (!VectorKernels.class.getModule().canRead(vectorModule.get())) {
      return Optional.of("module is not readable: module=" + VECTOR_MODULE);
    }
    if (!isVisible(VECTOR_MODULE + ".FloatVector")) {
      return Optional.of("our class loader does not see the module: module=" + VECTOR_MODULE);
    }
    if (!isOptimizingCompilerUsed()) {
      return Optional.of("the optimizing compiler is off, vectors would be slower than loops");
    }
    if (SimdVectorKernel.vectorBits() < VECTOR_BITS_MIN) {
      return Optional.of("vectors are too short: bits=" + SimdVectorKernel.vectorBits());
    }
    return Optional.empty();
  }

  /** Application servers may hide modules of the JDK from deployments. */
  private static boolean isVisible(String className) {
    try {
      Class.forName(className, false, VectorKernels.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** Whether hot code reaches the top compilation tier; without it each vector is an object. */
  private static boolean isOptimizingCompilerUsed() {
    for (String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (argument.equals("-Xint")
          || (argument.startsWith("-XX:TieredStopAtLevel=") && !argument.endsWith("=4"))) {
        return false;
      }
    }
    return true;
  }

  private static VectorKernel select() {
    Optional<String> reason = reasonAgainstSimd();
    if (reason.isPresent()) {
      LOGGER.log(
          Level.WARNING,
          "vector search runs on scalar loops, many times slower: {0}",
          reason.get());
      return Holder.SCALAR;
    }
    return new SimdVectorKernel();
  }

  private static final class Holder {
    private static final VectorKernel SCALAR = new ScalarVectorKernel();
    private static final VectorKernel PREFERRED = select();
  }
}

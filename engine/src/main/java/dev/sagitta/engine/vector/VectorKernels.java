package dev.sagitta.engine.vector;

import dev.sagitta.engine.schema.DataType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/** Chooses the kernels of this process, once. */
public final class VectorKernels {
  private static final Logger LOGGER = System.getLogger(VectorKernels.class.getName());
  private static final String VECTOR_MODULE = "jdk.incubator.vector";

  /** Below 128 bits the Vector API has nothing to offer over the scalar loops. */
  private static final int VECTOR_BITS_MIN = 128;

  /** A byte a lane needs vectors of a quarter of the float vectors' width, at least 64 bits. */
  private static final int INT8_VECTOR_BITS_MIN = 256;

  private VectorKernels() {}

  /** {@link #of} for float vectors. */
  public static VectorKernel preferred() {
    return Holder.FLOAT;
  }

  /**
   * The fastest kernel that this process can run for rows of a dense vector type. Constant, so that
   * the compiler can inline it into its callers.
   */
  public static VectorKernel of(DataType type) {
    return switch (type) {
      case FLOAT_VECTOR -> Holder.FLOAT;
      case FLOAT16_VECTOR -> Holder.FLOAT16;
      case BFLOAT16_VECTOR -> Holder.BFLOAT16;
      case INT8_VECTOR -> Holder.INT8;
      default -> throw new IllegalArgumentException("vectors are not dense: type=" + type);
    };
  }

  /** The fastest kernel that this process can run for scans of rows of a dense vector type. */
  public static ScanKernel scan(DataType type) {
    return switch (type) {
      case FLOAT_VECTOR -> Holder.FLOAT_SCAN;
      case FLOAT16_VECTOR -> Holder.FLOAT16_SCAN;
      case BFLOAT16_VECTOR -> Holder.BFLOAT16_SCAN;
      case INT8_VECTOR -> Holder.INT8_SCAN;
      default -> throw new IllegalArgumentException("vectors are not dense: type=" + type);
    };
  }

  /** The fastest kernel that this process can run for rows of binary vectors. */
  public static BinaryVectorKernel binary() {
    return Holder.BINARY;
  }

  /** The fastest kernel that this process can run for codes of seven bits a number. */
  public static SmallCodeKernel smallCodes() {
    return Holder.SMALL_CODES;
  }

  /** The fastest kernel that this process can run for floats stored in two halves. */
  public static HalvedFloatKernel halvedFloats() {
    return Holder.HALVED_FLOATS;
  }

  /** The kernel of plain loops for rows of a dense vector type. */
  public static VectorKernel scalar(DataType type) {
    return new ScalarVectorKernel(ElementReader.of(type));
  }

  /** Width in bits of the vectors that kernels compute with here; 0 if only plain loops can run. */
  public static int simdBits() {
    return Holder.SIMD ? SimdVectorKernel.vectorBits() : 0;
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

  private static boolean isSimdUsable() {
    Optional<String> reason = reasonAgainstSimd();
    reason.ifPresent(
        text ->
            LOGGER.log(
                Level.WARNING, "vector search runs on scalar loops, many times slower: {0}", text));
    return reason.isEmpty();
  }

  private static final class Holder {
    private static final boolean SIMD = isSimdUsable();
    private static final VectorKernel FLOAT =
        SIMD ? new SimdVectorKernel() : scalar(DataType.FLOAT_VECTOR);
    private static final VectorKernel FLOAT16 =
        SIMD ? new SimdFloat16Kernel() : scalar(DataType.FLOAT16_VECTOR);
    private static final VectorKernel BFLOAT16 =
        SIMD ? new SimdBrainFloatKernel() : scalar(DataType.BFLOAT16_VECTOR);
    private static final boolean SIMD_INT8 =
        SIMD && SimdVectorKernel.vectorBits() >= INT8_VECTOR_BITS_MIN;
    private static final VectorKernel INT8 =
        SIMD_INT8 ? new SimdInt8Kernel() : scalar(DataType.INT8_VECTOR);
    private static final ScanKernel FLOAT_SCAN =
        SIMD
            ? new SimdStreamedFloatScanKernel(new SimdFloatScanKernel())
            : new RowByRowScanKernel(FLOAT, Float.BYTES);
    private static final ScanKernel FLOAT16_SCAN =
        SIMD ? new SimdFloat16ScanKernel() : new RowByRowScanKernel(FLOAT16, Short.BYTES);
    private static final ScanKernel BFLOAT16_SCAN =
        SIMD ? new SimdBrainFloatScanKernel() : new RowByRowScanKernel(BFLOAT16, Short.BYTES);
    private static final ScanKernel INT8_SCAN =
        SIMD_INT8 ? new SimdInt8ScanKernel() : new RowByRowScanKernel(INT8, Byte.BYTES);
    private static final BinaryVectorKernel BINARY =
        SIMD ? new SimdBinaryVectorKernel() : new ScalarBinaryVectorKernel();
    private static final SmallCodeKernel SMALL_CODES =
        SIMD ? new SimdSmallCodeKernel() : new ScalarSmallCodeKernel();
    private static final HalvedFloatKernel HALVED_FLOATS =
        SIMD ? new SimdHalvedFloatKernel() : new ScalarHalvedFloatKernel();
  }
}

package dev.sagitta.engine.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernels agree with sums in double, with each other, and leave no garbage. */
class TestVectorKernels {
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int ROWS = 5;

  private final VectorKernel scalar = VectorKernels.scalar();
  private final VectorKernel simd = VectorKernels.preferred();

  @Test
  void testVectorApiIsUsedHere() {
    assertThat(VectorKernels.reasonAgainstSimd()).isEmpty();
    assertThat(simd.name()).startsWith("simd-");
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        1, 2, 3, 4, 5, 7, 8, 11, 15, 16, 17, 23, 31, 32, 33, 47, 63, 64, 65, 97, 100, 127, 128, 255,
        257, 384, 509, 768, 1021
      })
  void testAgreesWithDoubles(int dimension) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (Arena arena = Arena.ofConfined()) {
      int misalignment = random.nextInt(8);
      int queryOffset = random.nextInt(5);
      MemorySegment rows = arena.allocate(4L * dimension * ROWS + misalignment, 64);
      float[] query = new float[queryOffset + dimension];
      for (int i = 0; i < query.length; i++) {
        query[i] = (float) random.nextGaussian();
      }
      for (int i = 0; i < dimension * ROWS; i++) {
        rows.set(FLOAT, misalignment + 4L * i, (float) random.nextGaussian());
      }
      String label = "dimension=" + dimension + " seed=" + seed;
      compare(scalar, query, queryOffset, rows, misalignment, dimension, label);
      compare(simd, query, queryOffset, rows, misalignment, dimension, label);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 16, 100, 1021})
  void testZeroRowsHaveCosineZero(int dimension) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment rows = arena.allocate(4L * dimension);
      float[] query = new float[dimension];
      query[0] = 1;
      float[] scores = {1, 1, 1, 1};
      for (VectorKernel kernel : new VectorKernel[] {scalar, simd}) {
        assertThat(kernel.normalizedInnerProduct(query, 0, rows, 0, dimension)).isZero();
        kernel.normalizedInnerProducts(query, 0, rows, 0, 0, 0, 0, dimension, scores);
        assertThat(scores).containsOnly(0);
      }
    }
  }

  @Test
  void testAllocatesNothing() {
    int dimension = 1021;
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment rows = arena.allocate(4L * dimension * 4);
      float[] query = new float[dimension];
      float[] scores = new float[4];
      // Interpreted vectors are objects: the claim is about compiled code, so wait until it runs.
      long allocated = Long.MAX_VALUE;
      long deadline = System.nanoTime() + 30_000_000_000L;
      while (allocated > 0 && System.nanoTime() < deadline) {
        long before = threads.getCurrentThreadAllocatedBytes();
        runAll(query, rows, dimension, scores);
        allocated = threads.getCurrentThreadAllocatedBytes() - before;
      }
      assertThat(allocated).isZero();
    }
  }

  @Test
  void testNormalize() {
    float[] values = {9, 3, 4, 9};
    UnitVectors.normalize(values, 1, values, 1, 2);
    assertThat(values).containsExactly(9, 0.6f, 0.8f, 9);
    UnitVectors.normalize(new float[] {0, 0}, 0, values, 0, 2);
    assertThat(values).containsExactly(0, 0, 0.8f, 9);
  }

  private float runAll(float[] query, MemorySegment rows, int dimension, float[] scores) {
    long stride = 4L * dimension;
    float sum = 0;
    for (int i = 0; i < 500; i++) {
      sum += simd.squaredDistance(query, 0, rows, stride, dimension);
      sum += simd.innerProduct(query, 0, rows, stride, dimension);
      sum += simd.normalizedInnerProduct(query, 0, rows, stride, dimension);
      simd.squaredDistances(query, 0, rows, 0, stride, 2 * stride, 3 * stride, dimension, scores);
      sum += scores[0];
      simd.innerProducts(query, 0, rows, 0, stride, 2 * stride, 3 * stride, dimension, scores);
      sum += scores[1];
      simd.normalizedInnerProducts(
          query, 0, rows, 0, stride, 2 * stride, 3 * stride, dimension, scores);
      sum += scores[2];
    }
    return sum;
  }

  private static void compare(
      VectorKernel kernel,
      float[] query,
      int queryOffset,
      MemorySegment rows,
      long firstOffset,
      int dimension,
      String label) {
    long stride = 4L * dimension;
    float[] distances = new float[4];
    float[] products = new float[4];
    float[] cosines = new float[4];
    long second = firstOffset + stride;
    kernel.squaredDistances(
        query,
        queryOffset,
        rows,
        second,
        second + stride,
        second + 2 * stride,
        second + 3 * stride,
        dimension,
        distances);
    kernel.innerProducts(
        query,
        queryOffset,
        rows,
        second,
        second + stride,
        second + 2 * stride,
        second + 3 * stride,
        dimension,
        products);
    kernel.normalizedInnerProducts(
        query,
        queryOffset,
        rows,
        second,
        second + stride,
        second + 2 * stride,
        second + 3 * stride,
        dimension,
        cosines);
    for (int row = 0; row < ROWS; row++) {
      long offset = firstOffset + row * stride;
      double distance = 0;
      double product = 0;
      double squaredNorm = 0;
      for (int i = 0; i < dimension; i++) {
        double left = query[queryOffset + i];
        double right = rows.get(FLOAT, offset + 4L * i);
        distance += (left - right) * (left - right);
        product += left * right;
        squaredNorm += right * right;
      }
      double cosine = product / Math.sqrt(squaredNorm);
      String culprit = kernel.name() + " row=" + row + " " + label;
      assertThat((double) kernel.squaredDistance(query, queryOffset, rows, offset, dimension))
          .as(culprit)
          .isCloseTo(distance, within(1e-5 * dimension));
      assertThat((double) kernel.innerProduct(query, queryOffset, rows, offset, dimension))
          .as(culprit)
          .isCloseTo(product, within(1e-5 * dimension));
      assertThat(
              (double) kernel.normalizedInnerProduct(query, queryOffset, rows, offset, dimension))
          .as(culprit)
          .isCloseTo(cosine, within(1e-5 * dimension));
      if (row > 0) {
        assertThat((double) distances[row - 1])
            .as(culprit)
            .isCloseTo(distance, within(1e-5 * dimension));
        assertThat((double) products[row - 1])
            .as(culprit)
            .isCloseTo(product, within(1e-5 * dimension));
        assertThat((double) cosines[row - 1])
            .as(culprit)
            .isCloseTo(cosine, within(1e-5 * dimension));
      }
    }
  }
}

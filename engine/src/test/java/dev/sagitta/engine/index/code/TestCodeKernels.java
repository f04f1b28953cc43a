package dev.sagitta.engine.index.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sagitta.engine.schema.MetricType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The kernels of the Vector API agree with the plain loops on odd sizes. */
class TestCodeKernels {
  private static final int[] SIZES = {1, 2, 3, 7, 8, 15, 16, 17, 31, 32, 33, 64, 65, 100, 253};

  @Test
  void testScalarCodes() {
    ScalarCodeKernel plain = new PlainLoopScalarCodeKernel();
    ScalarCodeKernel simd = ScalarCodeKernels.preferred();
    assertThat(simd).isInstanceOf(SimdScalarCodeKernel.class);
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (Arena arena = Arena.ofConfined()) {
      for (int size : SIZES) {
        MemorySegment codes = randomBytes(arena, random, 3 * size + 4);
        float[] base = gaussian(random, 4 * size);
        float[] steps = gaussian(random, 4 * size);
        float[] expected = {
          plain.squaredDistance8(base, steps, codes, 1, size),
          plain.squaredDistance6(base, steps, codes, 1, size),
          plain.squaredDistance4(base, steps, codes, 1, size),
          plain.innerProduct8(base, codes, 1, size),
          plain.innerProduct6(base, codes, 1, size),
          plain.innerProduct4(base, codes, 1, size)
        };
        float[] actual = {
          simd.squaredDistance8(base, steps, codes, 1, size),
          simd.squaredDistance6(base, steps, codes, 1, size),
          simd.squaredDistance4(base, steps, codes, 1, size),
          simd.innerProduct8(base, codes, 1, size),
          simd.innerProduct6(base, codes, 1, size),
          simd.innerProduct4(base, codes, 1, size)
        };
        requireClose(actual, expected, "size=" + size + " seed=" + seed);
        float[] four = new float[4];
        float[] fourExpected = new float[4];
        simd.squaredDistances8(base, steps, codes, 0, 1, 2, 3, size, four);
        plain.squaredDistances8(base, steps, codes, 0, 1, 2, 3, size, fourExpected);
        requireClose(four, fourExpected, "size=" + size + " seed=" + seed);
        simd.innerProducts8(base, codes, 0, 1, 2, 3, size, four);
        plain.innerProducts8(base, codes, 0, 1, 2, 3, size, fourExpected);
        requireClose(four, fourExpected, "size=" + size + " seed=" + seed);
      }
    }
  }

  @Test
  void testCentroids() {
    CentroidKernel plain = new PlainLoopCentroidKernel();
    CentroidKernel simd = CentroidKernels.preferred();
    assertThat(simd).isInstanceOf(SimdCentroidKernel.class);
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int count : SIZES) {
      for (int dimension : new int[] {1, 2, 5, 16}) {
        String label = "count=" + count + " dimension=" + dimension + " seed=" + seed;
        float[] vector = gaussian(random, 3 + dimension);
        float[] centroids = gaussian(random, 2 + dimension * count);
        assertThat(simd.nearest(vector, 3, dimension, centroids, 2, count))
            .as(label)
            .isEqualTo(plain.nearest(vector, 3, dimension, centroids, 2, count));
        float[] actual = new float[count + 1];
        float[] expected = new float[count + 1];
        simd.squaredDistances(vector, 3, dimension, centroids, 2, count, actual, 1);
        plain.squaredDistances(vector, 3, dimension, centroids, 2, count, expected, 1);
        requireClose(actual, expected, label);
        simd.scaledProducts(vector, 3, dimension, centroids, 2, count, -2, actual, 1);
        plain.scaledProducts(vector, 3, dimension, centroids, 2, count, -2, expected, 1);
        requireClose(actual, expected, label);
      }
    }
  }

  @Test
  void testBits() {
    RaBitKernel plain = new PlainLoopRaBitKernel();
    RaBitKernel simd = RaBitKernels.preferred();
    assertThat(simd).isInstanceOf(SimdRaBitKernel.class);
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (Arena arena = Arena.ofConfined()) {
      for (int words : new int[] {1, 2, 3, 7, 8, 9, 13, 16, 17}) {
        String label = "words=" + words + " seed=" + seed;
        MemorySegment codes = randomBytes(arena, random, 8 * words + 3);
        float[] query = gaussian(random, 64 * words);
        long[] planes = random.longs(5L * words).toArray();
        assertThat(simd.bitCount(codes, 3, words))
            .as(label)
            .isEqualTo(plain.bitCount(codes, 3, words));
        assertThat(simd.weightedBitCount(planes, 5, codes, 3, words))
            .as(label)
            .isEqualTo(plain.weightedBitCount(planes, 5, codes, 3, words));
        assertThat(simd.sumOfSet(query, codes, 3, words))
            .as(label)
            .isCloseTo(plain.sumOfSet(query, codes, 3, words), within(1e-3f));
      }
    }
  }

  @Test
  void testRotationKeepsDistancesAndCanBeUndone() {
    Random random = new Random(9);
    for (int length : new int[] {64, 128, 192, 448, 832}) {
      RandomRotation rotation = new RandomRotation(length, 5);
      float[] vector = gaussian(random, length);
      float[] rotated = vector.clone();
      rotation.apply(rotated);
      float[] origin = new float[length];
      double before = TestVectorCodes.exact(vector, 0, origin, 0, length, MetricType.L2);
      double after = TestVectorCodes.exact(rotated, 0, origin, 0, length, MetricType.L2);
      assertThat(after).isCloseTo(before, within(1e-3 * before));
      assertThat(rotated[0]).isNotEqualTo(vector[0]);
      rotation.invert(rotated);
      requireClose(rotated, vector, "length=" + length);
    }
  }

  private static void requireClose(float[] actual, float[] expected, String label) {
    for (int i = 0; i < expected.length; i++) {
      float tolerance = 2e-3f * Math.max(1, Math.abs(expected[i]));
      assertThat(actual[i]).as(label + " i=" + i).isCloseTo(expected[i], within(tolerance));
    }
  }

  private static MemorySegment randomBytes(Arena arena, Random random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
  }

  private static float[] gaussian(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}

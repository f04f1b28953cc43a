package dev.sagitta.engine.index.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tables of queries: the same from both kernels. */
class TestTableKernels {
  @Test
  void testKernelsAgree() {
    assertThat(TableKernels.preferred()).isNotInstanceOf(PlainLoopTableKernel.class);
    long seed = System.nanoTime();
    Random random = new Random(seed);
    TableKernel plain = new PlainLoopTableKernel();
    TableKernel simd = new SimdTableKernel();
    for (int parts : new int[] {0, 1, 2, 7, 96}) {
      for (int partDimension : new int[] {1, 2, 3}) {
        String label = "parts=" + parts + " partDimension=" + partDimension + " seed=" + seed;
        float[] rotated = floats(random, parts * partDimension);
        float[] centroids = floats(random, parts * partDimension * 16);
        float[] expected = new float[parts * 16];
        float[] actual = new float[parts * 16];
        float widest = plain.squaredDistances(rotated, centroids, parts, partDimension, expected);
        assertThat(simd.squaredDistances(rotated, centroids, parts, partDimension, actual))
            .as(label)
            .isCloseTo(widest, within(1e-5f * widest));
        assertThat(actual).as(label).containsExactly(expected, within(1e-5f));
        byte[] expectedBytes = new byte[parts * 16];
        byte[] actualBytes = new byte[parts * 16];
        plain.toBytes(expected, 600 / (widest + 1), parts * 16, expectedBytes);
        simd.toBytes(expected, 600 / (widest + 1), parts * 16, actualBytes);
        assertThat(actualBytes).as(label).isEqualTo(expectedBytes);
      }
    }
  }

  private static float[] floats(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}

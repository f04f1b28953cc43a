package dev.sagitta.engine.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sagitta.engine.AllocatedBytes;
import dev.sagitta.engine.TestGroups;
import dev.sagitta.engine.schema.DataType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Scans agree with comparisons row by row, stay inside their memory, and leave no garbage. */
class TestScanKernels {
  private static final int[] DIMENSIONS = {
    1, 2, 3, 7, 8, 15, 16, 17, 31, 32, 33, 63, 64, 65, 97, 100, 127, 128, 129, 255, 256, 257, 271,
    272, 273, 384, 509, 1021, 4099
  };

  @ParameterizedTest
  @EnumSource(names = {"FLOAT_VECTOR", "FLOAT16_VECTOR", "BFLOAT16_VECTOR", "INT8_VECTOR"})
  void testAgreesRowByRow(DataType type) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    assertThat(VectorKernels.scan(type).name()).startsWith("simd-scan-");
    for (int dimension : DIMENSIONS) {
      compare(
          type, dimension, random, "type=" + type + " dimension=" + dimension + " seed=" + seed);
    }
  }

  private static void compare(DataType type, int dimension, Random random, String label) {
    int count = 1 + random.nextInt(40);
    int vectorBytes = TestVectors.vectorBytes(type, dimension);
    int first = random.nextInt(9);
    int queryOffset = random.nextInt(5);
    float[] query = new float[queryOffset + dimension];
    for (int i = 0; i < query.length; i++) {
      query[i] = (float) random.nextGaussian();
    }
    try (Arena arena = Arena.ofConfined()) {
      // Not a byte behind the last row: a load beyond it fails.
      MemorySegment rows = arena.allocate(first + (long) count * vectorBytes);
      for (int row = 0; row < count; row++) {
        float[] values = TestVectors.random(type, dimension, random);
        TestVectors.write(type, values, rows, first + (long) row * vectorBytes);
      }
      VectorKernel single = VectorKernels.scalar(type);
      for (ScanKernel kernel :
          new ScanKernel[] {
            VectorKernels.scan(type), new RowByRowScanKernel(single, vectorBytes / dimension)
          }) {
        float[][] scores = new float[3][count];
        kernel.squaredDistances(query, queryOffset, rows, first, count, dimension, scores[0]);
        kernel.innerProducts(query, queryOffset, rows, first, count, dimension, scores[1]);
        kernel.normalizedInnerProducts(
            query, queryOffset, rows, first, count, dimension, scores[2]);
        for (int row = 0; row < count; row++) {
          long offset = first + (long) row * vectorBytes;
          float distance = single.squaredDistance(query, queryOffset, rows, offset, dimension);
          float rounding = 1e-4f * (1 + distance);
          assertThat(scores[0][row]).as(label).isCloseTo(distance, within(rounding));
          assertThat(scores[1][row])
              .as(label)
              .isCloseTo(
                  single.innerProduct(query, queryOffset, rows, offset, dimension),
                  within(rounding));
          assertThat(scores[2][row])
              .as(label)
              .isCloseTo(
                  single.normalizedInnerProduct(query, queryOffset, rows, offset, dimension),
                  within(rounding));
        }
      }
    }
  }

  @Tag(TestGroups.ALLOCATION)
  @ParameterizedTest
  @EnumSource(names = {"FLOAT_VECTOR", "FLOAT16_VECTOR", "BFLOAT16_VECTOR", "INT8_VECTOR"})
  void testAllocatesNothing(DataType type) {
    for (int dimension : new int[] {101, 301}) {
      checkAllocatesNothing(type, dimension);
    }
    assertThat(ReadAhead.sink()).isZero();
  }

  private static void checkAllocatesNothing(DataType type, int dimension) {
    ScanKernel kernel = VectorKernels.scan(type);
    int count = 32;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment rows = arena.allocate(4L * dimension * count);
      float[] query = new float[dimension];
      float[] scores = new float[count];
      long allocated =
          AllocatedBytes.untilAtMost(
              0,
              () -> {
                for (int i = 0; i < 200; i++) {
                  kernel.squaredDistances(query, 0, rows, 0, count, dimension, scores);
                  kernel.innerProducts(query, 0, rows, 0, count, dimension, scores);
                  kernel.normalizedInnerProducts(query, 0, rows, 0, count, dimension, scores);
                }
              });
      assertThat(allocated).isZero();
    }
  }
}

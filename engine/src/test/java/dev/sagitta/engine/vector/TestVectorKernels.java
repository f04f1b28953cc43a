package dev.sagitta.engine.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sagitta.engine.AllocatedBytes;
import dev.sagitta.engine.TestGroups;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The kernels agree with sums in double, with each other, and leave no garbage. */
class TestVectorKernels {
  private static final int ROWS = 11;
  private static final int EIGHT = 8;
  private static final int[] DIMENSIONS = {
    1, 2, 3, 4, 5, 7, 8, 11, 15, 16, 17, 23, 31, 32, 33, 47, 63, 64, 65, 97, 100, 127, 128, 255,
    257, 384, 509, 768, 1021
  };

  @ParameterizedTest
  @EnumSource(names = {"FLOAT_VECTOR", "FLOAT16_VECTOR", "BFLOAT16_VECTOR", "INT8_VECTOR"})
  void testVectorApiIsUsedHere(DataType type) {
    assertThat(VectorKernels.reasonAgainstSimd()).isEmpty();
    assertThat(VectorKernels.of(type).name()).startsWith("simd-");
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT_VECTOR", "FLOAT16_VECTOR", "BFLOAT16_VECTOR", "INT8_VECTOR"})
  void testAgreesWithDoubles(DataType type) {
    compareOnRandomRows(type);
  }

  /** Compares the kernels of the type with sums in double, for many dimensions. */
  static void compareOnRandomRows(DataType type) {
    for (int dimension : DIMENSIONS) {
      compareOnRandomRows(type, dimension);
    }
  }

  private static void compareOnRandomRows(DataType type, int dimension) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (Arena arena = Arena.ofConfined()) {
      int misalignment = random.nextInt(8);
      int queryOffset = random.nextInt(5);
      long vectorBytes = TestVectors.vectorBytes(type, dimension);
      MemorySegment rows = arena.allocate(vectorBytes * ROWS + misalignment, 64);
      float[] query = new float[queryOffset + dimension];
      for (int i = 0; i < query.length; i++) {
        query[i] = (float) random.nextGaussian();
      }
      float[][] values = new float[ROWS][];
      for (int row = 0; row < ROWS; row++) {
        values[row] = TestVectors.random(type, dimension, random);
        TestVectors.write(type, values[row], rows, misalignment + row * vectorBytes);
      }
      String label = "type=" + type + " dimension=" + dimension + " seed=" + seed;
      for (VectorKernel kernel :
          new VectorKernel[] {VectorKernels.scalar(type), VectorKernels.of(type)}) {
        compare(kernel, query, queryOffset, rows, misalignment, vectorBytes, values, label);
        compareEightRows(
            kernel, query, queryOffset, rows, misalignment, vectorBytes, values, label);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT_VECTOR", "FLOAT16_VECTOR", "BFLOAT16_VECTOR", "INT8_VECTOR"})
  void testZeroRowsHaveCosineZero(DataType type) {
    for (int dimension : new int[] {1, 16, 100, 1021}) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment rows = arena.allocate(4L * dimension);
        float[] query = new float[dimension];
        query[0] = 1;
        float[] scores = {1, 1, 1, 1};
        for (VectorKernel kernel :
            new VectorKernel[] {VectorKernels.scalar(type), VectorKernels.of(type)}) {
          assertThat(kernel.normalizedInnerProduct(query, 0, rows, 0, dimension)).isZero();
          kernel.normalizedInnerProducts(query, 0, rows, 0, 0, 0, 0, dimension, scores);
          assertThat(scores).containsOnly(0);
        }
      }
    }
  }

  /** Every finite number of 16 bits is widened exactly, subnormal ones and zeros included. */
  @ParameterizedTest
  @EnumSource(names = {"FLOAT16_VECTOR", "BFLOAT16_VECTOR"})
  void testWidensEveryNumberExactly(DataType type) {
    int dimension = 64;
    VectorKernel kernel = VectorKernels.of(type);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment row = arena.allocate(2L * dimension);
      for (int bits = 0; bits < 1 << 16; bits++) {
        float value =
            type == DataType.FLOAT16_VECTOR
                ? Float.float16ToFloat((short) bits)
                : BrainFloat.toFloat((short) bits);
        if (Float.isFinite(value)) {
          int position = bits % dimension;
          float[] query = new float[dimension];
          query[position] = 1;
          row.fill((byte) 0);
          row.set(LittleEndian.SHORT, 2L * position, (short) bits);
          assertThat(kernel.innerProduct(query, 0, row, 0, dimension))
              .as("bits=%x", bits)
              .isEqualTo(value == 0 ? 0f : value);
        }
      }
    }
  }

  @Tag(TestGroups.ALLOCATION)
  @ParameterizedTest
  @EnumSource(names = {"FLOAT_VECTOR", "FLOAT16_VECTOR", "BFLOAT16_VECTOR", "INT8_VECTOR"})
  void testAllocatesNothing(DataType type) {
    VectorKernel kernel = VectorKernels.of(type);
    int dimension = 1021;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment rows = arena.allocate(4L * dimension * 4);
      float[] query = new float[dimension];
      float[] scores = new float[EIGHT];
      long stride = TestVectors.vectorBytes(type, dimension);
      long[] offsets = {0, stride, 2 * stride, 3 * stride, 3 * stride, 2 * stride, stride, 0};
      long allocated =
          AllocatedBytes.untilAtMost(
              0,
              () -> {
                runAll(kernel, query, rows, stride, scores);
                runEightRows(kernel, query, rows, offsets, scores);
              });
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

  private static float runAll(
      VectorKernel simd, float[] query, MemorySegment rows, long stride, float[] scores) {
    int dimension = query.length;
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

  private static float runEightRows(
      VectorKernel simd, float[] query, MemorySegment rows, long[] offsets, float[] scores) {
    float sum = 0;
    for (int i = 0; i < 500; i++) {
      simd.squaredDistances(query, 0, rows, offsets, 0, query.length, scores);
      sum += scores[5];
      simd.innerProducts(query, 0, rows, offsets, 0, query.length, scores);
      sum += scores[6];
    }
    return sum;
  }

  /** Eight of the rows, backwards, with results in the middle of their array. */
  private static void compareEightRows(
      VectorKernel kernel,
      float[] query,
      int queryOffset,
      MemorySegment rows,
      long firstOffset,
      long stride,
      float[][] values,
      String label) {
    int from = 2;
    int dimension = values[0].length;
    long[] offsets = new long[ROWS];
    for (int i = 0; i < ROWS; i++) {
      offsets[i] = firstOffset + (ROWS - 1 - i) * stride;
    }
    float[] distances = new float[ROWS];
    float[] products = new float[ROWS];
    kernel.squaredDistances(query, queryOffset, rows, offsets, from, dimension, distances);
    kernel.innerProducts(query, queryOffset, rows, offsets, from, dimension, products);
    for (int i = 0; i < ROWS; i++) {
      boolean written = i >= from && i < from + EIGHT;
      double distance = 0;
      double product = 0;
      double magnitude = 1;
      for (int at = 0; written && at < dimension; at++) {
        double left = query[queryOffset + at];
        double right = values[ROWS - 1 - i][at];
        distance += (left - right) * (left - right);
        product += left * right;
        magnitude += left * left + right * right;
      }
      String culprit = kernel.name() + " place=" + i + " " + label;
      assertThat((double) distances[i]).as(culprit).isCloseTo(distance, within(1e-5 * magnitude));
      assertThat((double) products[i]).as(culprit).isCloseTo(product, within(1e-5 * magnitude));
    }
  }

  private static void compare(
      VectorKernel kernel,
      float[] query,
      int queryOffset,
      MemorySegment rows,
      long firstOffset,
      long stride,
      float[][] values,
      String label) {
    int dimension = values[0].length;
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
      double magnitude = 1;
      for (int i = 0; i < dimension; i++) {
        double left = query[queryOffset + i];
        double right = values[row][i];
        distance += (left - right) * (left - right);
        product += left * right;
        squaredNorm += right * right;
        magnitude += left * left + right * right;
      }
      double cosine = squaredNorm == 0 ? 0 : product / Math.sqrt(squaredNorm);
      double rounding = 1e-5 * magnitude;
      String culprit = kernel.name() + " row=" + row + " " + label;
      assertThat((double) kernel.squaredDistance(query, queryOffset, rows, offset, dimension))
          .as(culprit)
          .isCloseTo(distance, within(rounding));
      assertThat((double) kernel.innerProduct(query, queryOffset, rows, offset, dimension))
          .as(culprit)
          .isCloseTo(product, within(rounding));
      assertThat(
              (double) kernel.normalizedInnerProduct(query, queryOffset, rows, offset, dimension))
          .as(culprit)
          .isCloseTo(cosine, within(rounding));
      if (row > 0 && row <= 4) {
        assertThat((double) distances[row - 1]).as(culprit).isCloseTo(distance, within(rounding));
        assertThat((double) products[row - 1]).as(culprit).isCloseTo(product, within(rounding));
        assertThat((double) cosines[row - 1]).as(culprit).isCloseTo(cosine, within(rounding));
      }
    }
  }
}

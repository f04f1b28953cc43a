package dev.sagitta.engine.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sagitta.engine.AllocatedBytes;
import dev.sagitta.engine.TestGroups;
import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The kernels of halved floats agree with sums in double, and leave no garbage. */
class TestHalvedFloatKernels {
  private static final int ROWS = 11;
  private static final int FROM = 3;
  private static final int[] DIMENSIONS = {
    32, 33, 34, 35, 47, 48, 49, 63, 64, 65, 95, 96, 97, 100, 384, 509, 784
  };

  @Test
  void testVectorApiIsUsedHere() {
    assertThat(VectorKernels.reasonAgainstSimd()).isEmpty();
    assertThat(VectorKernels.halvedFloats().name())
        .isEqualTo("simd-halved-" + VectorKernels.simdBits());
  }

  /** Of every exponent and sign, zeros, subnormal and infinite numbers included. */
  @Test
  void testHalvesGiveTheFloatBack() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      float value = Float.intBitsToFloat(random.nextInt());
      if (Float.isNaN(value)) {
        continue;
      }
      short upper = FloatHalves.upper(value);
      float whole = FloatHalves.join(upper, FloatHalves.lower(value));
      assertThat(Float.floatToRawIntBits(whole))
          .as("value=%s seed=%d", value, seed)
          .isEqualTo(Float.floatToRawIntBits(value));
      float rounded = BrainFloat.toFloat(upper);
      if (Math.abs(value) > Float.MIN_NORMAL && Float.isFinite(rounded)) {
        assertThat((double) rounded)
            .as("value=%s seed=%d", value, seed)
            .isCloseTo(value, within(Math.abs((double) value) / 256));
      }
    }
  }

  @Test
  void testAgreesWithDoubles() {
    compareOnRandomRows();
  }

  /** Compares the kernels with sums in double, for many dimensions. */
  static void compareOnRandomRows() {
    for (int dimension : DIMENSIONS) {
      compareOnRandomRows(dimension);
    }
  }

  private static void compareOnRandomRows(int dimension) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (Arena arena = Arena.ofConfined()) {
      Rows rows = new Rows(arena, dimension, random);
      for (HalvedFloatKernel kernel :
          new HalvedFloatKernel[] {new ScalarHalvedFloatKernel(), VectorKernels.halvedFloats()}) {
        compare(
            kernel, rows, "kernel=" + kernel.name() + " dimension=" + dimension + " seed=" + seed);
      }
    }
  }

  private static void compare(HalvedFloatKernel kernel, Rows rows, String label) {
    int dimension = rows.query.length;
    float[] arranged = rows.arranged(kernel);
    float[] upperDistances = new float[ROWS];
    float[] upperProducts = new float[ROWS];
    float[] distances = new float[ROWS];
    float[] products = new float[ROWS];
    kernel.upperSquaredDistances(
        arranged, rows.memory, rows.offsets, FROM, dimension, upperDistances);
    kernel.upperInnerProducts(arranged, rows.memory, rows.offsets, FROM, dimension, upperProducts);
    kernel.squaredDistances(
        arranged, rows.memory, rows.offsets, FROM, rows.toLower, dimension, distances);
    kernel.innerProducts(
        arranged, rows.memory, rows.offsets, FROM, rows.toLower, dimension, products);
    for (int row = 0; row < ROWS; row++) {
      String culprit = label + " row=" + row;
      boolean upper = row >= FROM && row < FROM + HalvedFloatKernel.UPPER_GROUP;
      boolean whole = row >= FROM && row < FROM + HalvedFloatKernel.WHOLE_GROUP;
      assertClose(upperDistances[row], upper ? rows.distance(row, true) : 0, dimension, culprit);
      assertClose(upperProducts[row], upper ? rows.product(row, true) : 0, dimension, culprit);
      assertClose(distances[row], whole ? rows.distance(row, false) : 0, dimension, culprit);
      assertClose(products[row], whole ? rows.product(row, false) : 0, dimension, culprit);
    }
  }

  private static void assertClose(float actual, double expected, int dimension, String culprit) {
    assertThat((double) actual).as(culprit).isCloseTo(expected, within(1e-5 * dimension));
  }

  @Tag(TestGroups.ALLOCATION)
  @Test
  void testAllocatesNothing() {
    HalvedFloatKernel kernel = VectorKernels.halvedFloats();
    try (Arena arena = Arena.ofConfined()) {
      Rows rows = new Rows(arena, 509, new Random(1));
      float[] arranged = rows.arranged(kernel);
      float[] target = new float[ROWS];
      long allocated =
          AllocatedBytes.untilAtMost(
              0,
              () -> {
                for (int i = 0; i < 500; i++) {
                  kernel.upperSquaredDistances(
                      arranged, rows.memory, rows.offsets, FROM, 509, target);
                  kernel.upperInnerProducts(arranged, rows.memory, rows.offsets, FROM, 509, target);
                  kernel.squaredDistances(
                      arranged, rows.memory, rows.offsets, FROM, rows.toLower, 509, target);
                  kernel.innerProducts(
                      arranged, rows.memory, rows.offsets, FROM, rows.toLower, 509, target);
                }
              });
      assertThat(allocated).isZero();
    }
  }

  /** Random rows in random order, at an odd place, exactly as long as they have to be. */
  private static final class Rows {
    final float[] query;
    final float[][] values = new float[ROWS][];
    final long[] offsets = new long[ROWS];
    final MemorySegment memory;
    final long toLower;

    Rows(Arena arena, int dimension, Random random) {
      int halfBytes = Short.BYTES * dimension;
      int misalignment = random.nextInt(8);
      this.toLower = (long) ROWS * halfBytes;
      this.memory = arena.allocate(2 * toLower + misalignment);
      this.query = vector(dimension, random);
      int shift = random.nextInt(ROWS);
      for (int row = 0; row < ROWS; row++) {
        values[row] = vector(dimension, random);
        offsets[row] = misalignment + (long) ((row + shift) % ROWS) * halfBytes;
        for (int i = 0; i < dimension; i++) {
          long offset = offsets[row] + 2L * i;
          memory.set(LittleEndian.SHORT, offset, FloatHalves.upper(values[row][i]));
          memory.set(LittleEndian.SHORT, offset + toLower, FloatHalves.lower(values[row][i]));
        }
      }
    }

    private static float[] vector(int dimension, Random random) {
      float[] vector = new float[dimension];
      for (int i = 0; i < dimension; i++) {
        vector[i] = (float) random.nextGaussian();
      }
      return vector;
    }

    float[] arranged(HalvedFloatKernel kernel) {
      float[] arranged = new float[kernel.arrangedLength(query.length)];
      kernel.arrange(query, query.length, arranged);
      return arranged;
    }

    private double value(int row, int position, boolean upper) {
      float value = values[row][position];
      return upper ? BrainFloat.toFloat(FloatHalves.upper(value)) : value;
    }

    double distance(int row, boolean upper) {
      double sum = 0;
      for (int i = 0; i < query.length; i++) {
        double difference = query[i] - value(row, i, upper);
        sum += difference * difference;
      }
      return sum;
    }

    double product(int row, boolean upper) {
      double sum = 0;
      for (int i = 0; i < query.length; i++) {
        sum += query[i] * value(row, i, upper);
      }
      return sum;
    }
  }
}

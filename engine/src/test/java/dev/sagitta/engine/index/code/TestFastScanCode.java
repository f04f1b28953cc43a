package dev.sagitta.engine.index.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sagitta.engine.AllocatedBytes;
import dev.sagitta.engine.TestGroups;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.ClusteredVectors;
import dev.sagitta.engine.index.OffHeapVectors;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.storage.CorruptFileException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sums over blocks of 32 codes: the same from all kernels, and in the order of distances. */
class TestFastScanCode {
  private static final int ROWS = 2000;

  @Test
  void testKernelsAgree() {
    assertThat(FastScanKernels.preferred()).isNotInstanceOf(PlainLoopFastScanKernel.class);
    FastScanKernel plain = new PlainLoopFastScanKernel();
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (Arena arena = Arena.ofConfined()) {
      for (int lines : new int[] {1, 2, 3, 13, 16, 63, 64}) {
        byte[] tables = new byte[64 * lines];
        random.nextBytes(tables);
        byte[] bytes = new byte[64 * lines + 1];
        random.nextBytes(bytes);
        MemorySegment codes = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
        short[] expected = new short[32];
        int limit = lines * 4 * 127;
        int near = plain.sums(codes, 1, lines, tables, limit, expected);
        for (FastScanKernel simd :
            new FastScanKernel[] {new Simd512FastScanKernel(), new Simd256FastScanKernel()}) {
          String label = simd.getClass() + " lines=" + lines + " seed=" + seed;
          short[] actual = new short[32];
          assertThat(simd.sums(codes, 1, lines, tables, limit, actual)).as(label).isEqualTo(near);
          assertThat(actual).as(label).isEqualTo(expected);
          assertThat(simd.sums(codes, 1, lines, tables, 0xffff, actual)).as(label).isEqualTo(-1);
        }
      }
    }
  }

  @Test
  void testSumsFollowDistances() {
    for (int dimension : new int[] {1, 2, 3, 7, 8, 33, 100}) {
      for (MetricType metric : new MetricType[] {MetricType.L2, MetricType.COSINE}) {
        double correlation = correlation(dimension, metric);
        assertThat(correlation).as(dimension + " " + metric).isGreaterThan(0.8);
      }
    }
  }

  private static double correlation(int dimension, MetricType metric) {
    Random random = new Random(dimension);
    ClusteredVectors clusters = new ClusteredVectors(random, ROWS, dimension);
    float[][] rows = clusters.draw(ROWS);
    try (Arena arena = Arena.ofShared()) {
      OffHeapVectors vectors = new OffHeapVectors(arena, 512, rows);
      FastScanCode trained = FastScanCode.train(vectors, metric, 1, BuildProgress.NONE);
      FastScanCode code = FastScanCode.open(metric, trained.toBytes());
      MemorySegment codes = arena.allocate(code.parts());
      FastScanTables tables = code.newTables();
      float[] query = clusters.draw(1)[0];
      tables.setQuery(query, 0, false);
      double[] estimates = new double[320];
      double[] distances = new double[320];
      short[] sums = new short[32];
      for (int first = 0; first < estimates.length; first += 32) {
        MemorySegment block = arena.allocate(code.blockBytes());
        for (int slot = 0; slot < 32; slot++) {
          code.newEncoder().encode(rows[first + slot], 0, codes, 0);
          code.place(codes, 0, block, 0, slot);
          distances[first + slot] = distance(query, rows[first + slot], metric);
        }
        tables.scan(block, 0, 0xffff, sums);
        for (int slot = 0; slot < 32; slot++) {
          estimates[first + slot] = (sums[slot] & 0xffff) * (double) tables.step();
        }
      }
      return correlation(estimates, distances);
    }
  }

  private static double distance(float[] left, float[] right, MetricType metric) {
    double product = 0;
    double leftSquares = 0;
    double rightSquares = 0;
    for (int i = 0; i < left.length; i++) {
      product += left[i] * right[i];
      leftSquares += left[i] * left[i];
      rightSquares += right[i] * right[i];
    }
    return metric == MetricType.L2
        ? leftSquares + rightSquares - 2 * product
        : -product / Math.sqrt(leftSquares * rightSquares);
  }

  private static double correlation(double[] left, double[] right) {
    double leftMean = 0;
    double rightMean = 0;
    for (int i = 0; i < left.length; i++) {
      leftMean += left[i] / left.length;
      rightMean += right[i] / left.length;
    }
    double both = 0;
    double leftSquares = 0;
    double rightSquares = 0;
    for (int i = 0; i < left.length; i++) {
      both += (left[i] - leftMean) * (right[i] - rightMean);
      leftSquares += (left[i] - leftMean) * (left[i] - leftMean);
      rightSquares += (right[i] - rightMean) * (right[i] - rightMean);
    }
    return both / Math.sqrt(leftSquares * rightSquares);
  }

  @Test
  void testOwnCodesEstimateDistances() {
    for (int dimension : new int[] {1, 2, 7, 33, 100}) {
      for (MetricType metric : new MetricType[] {MetricType.L2, MetricType.COSINE, MetricType.IP}) {
        String label = dimension + " " + metric;
        Random random = new Random(dimension);
        ClusteredVectors clusters = new ClusteredVectors(random, ROWS, dimension);
        float[][] rows = clusters.draw(ROWS);
        float[] query = clusters.draw(1)[0];
        try (Arena arena = Arena.ofShared()) {
          OffHeapVectors vectors = new OffHeapVectors(arena, 512, rows);
          FastScanCode trained = FastScanCode.train(vectors, metric, 1, BuildProgress.NONE);
          FastScanCode code = FastScanCode.open(metric, trained.toBytes());
          MemorySegment codes = arena.allocate(200L * code.ownBytes());
          FastScanCode.Encoder encoder = code.newEncoder();
          FastScanTables tables = code.newTables();
          tables.setQuery(query, 0, true);
          AxisScorer scorer = tables.scorer().orElseThrow();
          double[] estimates = new double[200];
          double[] distances = new double[200];
          float[] four = new float[4];
          for (int row = 0; row < 200; row++) {
            long at = (long) row * code.ownBytes();
            encoder.encodeOwn(rows[row], 0, codes, at);
            estimates[row] = scorer.score(codes, at);
            scorer.scores(codes, 0, at, 0, at, four);
            assertThat(four[1]).as(label).isEqualTo(four[3]);
            assertThat((double) four[1]).isCloseTo(estimates[row], within(1e-3));
            distances[row] =
                metric == MetricType.IP
                    ? -product(query, rows[row])
                    : distance(query, rows[row], metric);
          }
          assertThat(correlation(estimates, distances)).as(label).isGreaterThan(0.95);
        }
      }
    }
  }

  private static double product(float[] left, float[] right) {
    double product = 0;
    for (int i = 0; i < left.length; i++) {
      product += left[i] * right[i];
    }
    return product;
  }

  @Test
  void testAxesAreOrthonormalAndKeepVariance() {
    int dimension = 60;
    Random random = new Random(4);
    float[] values = new float[ROWS * dimension];
    for (int row = 0; row < ROWS; row++) {
      double shared = 10 * random.nextGaussian();
      for (int i = 0; i < dimension; i++) {
        values[row * dimension + i] = (float) (5 + shared * (i % 3) + random.nextGaussian());
      }
    }
    TrainingSample sample = new TrainingSample(values, ROWS, dimension);
    PrincipalAxes axes = PrincipalAxes.train(sample, 20, 3, BuildProgress.NONE);
    for (int i = 0; i < 20; i++) {
      for (int j = 0; j <= i; j++) {
        double product = 0;
        for (int k = 0; k < dimension; k++) {
          product += axes.axis(i)[k] * axes.axis(j)[k];
        }
        assertThat(product).isCloseTo(i == j ? 1 : 0, within(1e-3));
      }
    }
    // One direction has almost all of the variance.
    assertThat(axes.countFor(0.95, 1)).isEqualTo(1);
    assertThat(axes.countFor(0.95, 8)).isEqualTo(8);
    assertThat(axes.countFor(1.1, 8)).isEqualTo(20);
  }

  @Tag(TestGroups.ALLOCATION)
  @Test
  void testScansLeaveNoGarbage() {
    try (Arena arena = Arena.ofShared()) {
      float[][] rows = new ClusteredVectors(new Random(1), ROWS, 100).draw(ROWS);
      OffHeapVectors vectors = new OffHeapVectors(arena, 512, rows);
      FastScanCode code = FastScanCode.train(vectors, MetricType.L2, 1, BuildProgress.NONE);
      FastScanTables tables = code.newTables();
      MemorySegment block = arena.allocate(code.blockBytes());
      short[] sums = new short[32];
      long allocated =
          AllocatedBytes.untilAtMost(
              0,
              () -> {
                for (int i = 0; i < 300; i++) {
                  tables.setQuery(rows[i], 0, true);
                  for (int j = 0; j < 50; j++) {
                    tables.scan(block, 0, i, sums);
                  }
                }
              });
      assertThat(allocated).isZero();
    }
  }

  @Test
  void testDamagedBytesAreRefused() {
    try (Arena arena = Arena.ofShared()) {
      float[][] rows = new ClusteredVectors(new Random(1), 100, 10).draw(100);
      OffHeapVectors vectors = new OffHeapVectors(arena, 64, rows);
      FastScanCode code = FastScanCode.train(vectors, MetricType.L2, 1, BuildProgress.NONE);
      byte[] good = code.toBytes().toArray(ValueLayout.JAVA_BYTE);
      for (int position : new int[] {0, 20, 24, 28, 40}) {
        byte[] damaged = good.clone();
        damaged[position] ^= 0x7f;
        assertThatThrownBy(() -> FastScanCode.open(MetricType.L2, MemorySegment.ofArray(damaged)))
            .as("position=" + position)
            .isInstanceOf(CorruptFileException.class);
      }
    }
  }
}

package dev.sagitta.engine.index.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sagitta.engine.AllocatedBytes;
import dev.sagitta.engine.TestGroups;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.storage.CorruptFileException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What all codes promise: nearness kept, distances as of what they stand for, reopened alike. */
class TestVectorCodes {
  private static final int ROWS = 600;
  private static final int[] DIMENSIONS = {1, 2, 7, 16, 31, 33, 64, 97, 100, 128, 253};

  @ParameterizedTest
  @ValueSource(strings = {"FP32", "FP16", "BF16", "SQ8", "SQ6", "SQ4U", "PQ", "PRQ"})
  void testDistanceIsThatOfDecodedVector(String name) {
    for (int dimension : DIMENSIONS) {
      for (MetricType metric : new MetricType[] {MetricType.L2, MetricType.IP}) {
        compareWithDecoded(name, Map.of("nbits", "5"), dimension, metric);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "3", "4", "8", "9"})
  void testProductCodesOfAllWidths(String bits) {
    compareWithDecoded("PQ", Map.of("nbits", bits, "m", "5"), 35, MetricType.L2);
    compareWithDecoded("PRQ", Map.of("nbits", bits, "m", "5", "nrq", "3"), 35, MetricType.L2);
  }

  private static void compareWithDecoded(
      String name, Map<String, String> parameters, int dimension, MetricType metric) {
    long seed = System.nanoTime();
    String label = name + " dimension=" + dimension + " metric=" + metric + " seed=" + seed;
    Random random = new Random(seed);
    float[] values = gaussian(random, ROWS * dimension);
    VectorCode code = train(name, parameters, values, dimension, metric);
    float[] query = gaussian(random, dimension + 3);
    float[] decoded = new float[dimension];
    float[] four = new float[4];
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment codes = encode(arena, code, values);
      CodeScorer scorer = code.newScorer();
      scorer.setQuery(query, 3);
      CodeScorer reopened = VectorCodes.open(code.toBytes()).newScorer();
      reopened.setQuery(query, 3);
      long bytes = code.codeBytes();
      for (int row = 0; row < ROWS; row++) {
        code.newEncoder().decode(codes, row * bytes, decoded, 0);
        double expected = exact(query, 3, decoded, 0, dimension, metric);
        float actual = scorer.distance(codes, row * bytes);
        assertThat((double) actual).as(label).isCloseTo(expected, within(2e-3 * dimension));
        // Not equal: compiled code may add up the lanes of a vector in another order.
        assertThat(reopened.distance(codes, row * bytes))
            .as(label)
            .isCloseTo(actual, within(1e-5f * dimension));
      }
      scorer.distances(codes, 0, bytes, 2 * bytes, 3 * bytes, four);
      for (int row = 0; row < 4; row++) {
        float single = scorer.distance(codes, row * bytes);
        assertThat(four[row]).as(label).isCloseTo(single, within(1e-3f * dimension));
      }
    }
  }

  /** The mean squared error relative to the vectors' own squares; floors for normal numbers. */
  @Test
  void testErrorOfReconstruction() {
    assertThat(reconstructionError("FP16", Map.of())).isLessThan(1e-6);
    assertThat(reconstructionError("BF16", Map.of())).isLessThan(1e-4);
    assertThat(reconstructionError("SQ8", Map.of())).isLessThan(1e-4);
    assertThat(reconstructionError("SQ6", Map.of())).isLessThan(1.5e-3);
    assertThat(reconstructionError("SQ4U", Map.of())).isLessThan(0.02);
    double product = reconstructionError("PQ", Map.of("m", "32", "nbits", "6"));
    assertThat(product).isLessThan(0.15);
    assertThat(reconstructionError("PRQ", Map.of("m", "32", "nbits", "6"))).isLessThan(product / 2);
    // The vector along the grid point that gives unbiased products is longer than the nearest one.
    assertThat(reconstructionError("RABITQ", Map.of("bits", "1"))).isLessThan(0.65);
    assertThat(reconstructionError("RABITQ", Map.of("bits", "4"))).isLessThan(0.02);
    assertThat(reconstructionError("RABITQ", Map.of("bits", "7"))).isLessThan(5e-4);
  }

  private static double reconstructionError(String name, Map<String, String> parameters) {
    int dimension = 64;
    float[] values = gaussian(new Random(7), ROWS * dimension);
    VectorCode code = train(name, parameters, values, dimension, MetricType.L2);
    float[] decoded = new float[dimension];
    double error = 0;
    double squares = 0;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment codes = encode(arena, code, values);
      CodeEncoder encoder = code.newEncoder();
      for (int row = 0; row < ROWS; row++) {
        encoder.decode(codes, (long) row * code.codeBytes(), decoded, 0);
        error += exact(decoded, 0, values, row * dimension, dimension, MetricType.L2);
        for (int i = 0; i < dimension; i++) {
          squares += values[row * dimension + i] * values[row * dimension + i];
        }
      }
    }
    return error / squares;
  }

  @Test
  void testCodesOfBytesAreSmall() {
    float[] values = gaussian(new Random(1), ROWS * 100);
    assertThat(train("SQ8", Map.of(), values, 100, MetricType.L2).codeBytes()).isEqualTo(100);
    assertThat(train("SQ6", Map.of(), values, 100, MetricType.L2).codeBytes()).isEqualTo(75);
    assertThat(train("SQ4U", Map.of(), values, 100, MetricType.L2).codeBytes()).isEqualTo(50);
    assertThat(train("PQ", Map.of("m", "25"), values, 100, MetricType.L2).codeBytes())
        .isEqualTo(25);
    assertThat(train("RABITQ", Map.of(), values, 100, MetricType.L2).codeBytes()).isEqualTo(28);
  }

  @Test
  void testTrainingDependsOnSeedAndNotOnThreads() {
    float[] values = gaussian(new Random(3), ROWS * 24);
    TrainingSample sample = new TrainingSample(values, ROWS, 24);
    for (String name : new String[] {"PQ", "PRQ", "RABITQ", "SQ8", "SQ4U"}) {
      Map<String, String> parameters = Map.of("m", "6", "nbits", "4");
      byte[] one = bytes(name, parameters, sample, 5, new Threads(1, false));
      assertThat(bytes(name, parameters, sample, 5, new Threads(3, false))).isEqualTo(one);
      if (name.startsWith("P") || name.equals("RABITQ")) {
        assertThat(bytes(name, parameters, sample, 6, new Threads(1, false))).isNotEqualTo(one);
      }
    }
  }

  private static byte[] bytes(
      String name,
      Map<String, String> parameters,
      TrainingSample sample,
      long seed,
      BuildProgress progress) {
    return VectorCodes.train(name, parameters, sample, MetricType.L2, seed, progress)
        .toBytes()
        .toArray(ValueLayout.JAVA_BYTE);
  }

  @Test
  void testTrainingCanBeCancelled() {
    TrainingSample sample = new TrainingSample(gaussian(new Random(3), ROWS * 24), ROWS, 24);
    for (String name : new String[] {"PQ", "PRQ", "SQ8"}) {
      assertThatThrownBy(
              () ->
                  VectorCodes.train(name, Map.of(), sample, MetricType.IP, 1, new Threads(2, true)))
          .isInstanceOf(CancellationException.class);
    }
  }

  @Test
  void testFewRowsAndNone() {
    for (String name :
        new String[] {"FP32", "FP16", "BF16", "SQ8", "SQ6", "SQ4U", "PQ", "PRQ", "RABITQ"}) {
      for (int rows = 0; rows < 4; rows++) {
        float[] values = gaussian(new Random(rows), rows * 8);
        VectorCode code = train(name, Map.of(), values, 8, MetricType.L2);
        try (Arena arena = Arena.ofConfined()) {
          MemorySegment codes = encode(arena, code, new float[8]);
          CodeScorer scorer = code.newScorer();
          scorer.setQuery(new float[8], 0);
          assertThat(scorer.distance(codes, 0)).as(name).isFinite();
        }
      }
    }
  }

  @Test
  void testParametersOutOfRange() {
    refuses("PQ", Map.of("m", "7"), "m=7");
    refuses("PQ", Map.of("m", "0"), "param 'm' (0) should be in range [1, 65536]");
    refuses("PQ", Map.of("nbits", "25"), "param 'nbits' (25) should be in range [1, 24]");
    refuses("PQ", Map.of("nbits", "24"), "param 'nbits' (24) needs too much memory");
    refuses("PRQ", Map.of("nrq", "17"), "param 'nrq' (17) should be in range [1, 16]");
    refuses("RABITQ", Map.of("bits", "9"), "param 'bits' (9) should be in range [1, 8]");
    refuses("SQ7", Map.of(), "invalid vector code: SQ7");
    assertThat(VectorCodes.validate("PRQ", Map.of("other", "x"), 24))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("m", "6", "nbits", "8", "nrq", "2", "other", "x"));
  }

  private static void refuses(String name, Map<String, String> parameters, String message) {
    assertThatThrownBy(() -> VectorCodes.validate(name, parameters, 24))
        .isInstanceOf(SagittaException.class)
        .hasMessageContaining(message);
  }

  @Test
  void testDamagedBytesAreRefused() {
    float[] values = gaussian(new Random(1), ROWS * 12);
    for (String name : new String[] {"SQ8", "PQ", "RABITQ"}) {
      byte[] good =
          train(name, Map.of(), values, 12, MetricType.L2).toBytes().toArray(ValueLayout.JAVA_BYTE);
      for (int position : new int[] {0, 20, 24, 40}) {
        byte[] damaged = good.clone();
        damaged[position] ^= 0x7f;
        assertThatThrownBy(() -> VectorCodes.open(MemorySegment.ofArray(damaged)))
            .as(name + " position=" + position)
            .isInstanceOf(CorruptFileException.class);
      }
      assertThatThrownBy(() -> VectorCodes.open(MemorySegment.ofArray(good).asSlice(0, 30)))
          .isInstanceOf(CorruptFileException.class);
    }
  }

  @Tag(TestGroups.ALLOCATION)
  @ParameterizedTest
  @ValueSource(strings = {"FP32", "FP16", "BF16", "SQ8", "SQ6", "SQ4U", "PQ", "PRQ", "RABITQ"})
  void testScorersLeaveNoGarbage(String name) {
    int dimension = 100;
    float[] values = gaussian(new Random(1), ROWS * dimension);
    VectorCode code = train(name, Map.of("nbits", "6"), values, dimension, MetricType.L2);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment codes = encode(arena, code, values);
      CodeScorer scorer = code.newScorer();
      long allocated =
          AllocatedBytes.untilAtMost(0, () -> scoreAll(scorer, codes, code.codeBytes(), values));
      assertThat(allocated).as("code=%s", name).isZero();
    }
  }

  private static void scoreAll(CodeScorer scorer, MemorySegment codes, long bytes, float[] values) {
    float[] four = FOUR;
    for (int query = 0; query < 4; query++) {
      scorer.setQuery(values, query * 100);
      for (int row = 0; row < ROWS; row += 4) {
        four[0] = scorer.distance(codes, row * bytes);
        scorer.distances(
            codes, row * bytes, (row + 1) * bytes, (row + 2) * bytes, (row + 3) * bytes, four);
      }
    }
  }

  private static final float[] FOUR = new float[4];

  private static VectorCode train(
      String name,
      Map<String, String> parameters,
      float[] values,
      int dimension,
      MetricType metric) {
    TrainingSample sample = new TrainingSample(values, values.length / dimension, dimension);
    return VectorCodes.train(name, parameters, sample, metric, 42, BuildProgress.NONE);
  }

  private static MemorySegment encode(Arena arena, VectorCode code, float[] values) {
    int rows = values.length / code.dimension();
    // Exactly as long as needed: a kernel that reads beyond the end is caught.
    MemorySegment codes = arena.allocate((long) rows * code.codeBytes(), 1);
    CodeEncoder encoder = code.newEncoder();
    for (int row = 0; row < rows; row++) {
      encoder.encode(values, row * code.dimension(), codes, (long) row * code.codeBytes());
    }
    return codes;
  }

  private static float[] gaussian(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  static double exact(
      float[] left, int leftOffset, float[] right, int offset, int dimension, MetricType metric) {
    double sum = 0;
    for (int i = 0; i < dimension; i++) {
      double x = left[leftOffset + i];
      double y = right[offset + i];
      sum += metric == MetricType.L2 ? (x - y) * (x - y) : -x * y;
    }
    return sum;
  }

  private record Threads(int parallelism, boolean cancelled) implements BuildProgress {
    @Override
    public void rowsIndexed(int rows) {}
  }
}

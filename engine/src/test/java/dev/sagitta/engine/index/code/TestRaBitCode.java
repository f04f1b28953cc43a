package dev.sagitta.engine.index.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.schema.MetricType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The estimates of RaBitQ: unbiased, within their bound, better with more bits. */
class TestRaBitCode {
  private static final int ROWS = 500;
  private static final int QUERIES = 20;

  @ParameterizedTest
  @CsvSource({"100,L2", "100,IP", "320,L2", "37,IP"})
  void testEstimatesAreUnbiasedAndWithinBound(int dimension, MetricType metric) {
    Errors errors = errors(dimension, metric, 1, 0);
    // The bias is a tiny part of the standard deviation, which is what a single estimate is off.
    assertThat(Math.abs(errors.mean)).isLessThan(0.1 * errors.deviation);
    assertThat(errors.beyondBound).isLessThan(0.08);
    assertThat(errors.beyondBound + errors.withinTenthOfBound).isLessThan(0.5);
  }

  @Test
  void testMoreBitsAreMoreExact() {
    double one = errors(128, MetricType.L2, 1, 0).deviation;
    double two = errors(128, MetricType.L2, 2, 0).deviation;
    double four = errors(128, MetricType.L2, 4, 0).deviation;
    double seven = errors(128, MetricType.L2, 7, 0).deviation;
    assertThat(two).isLessThan(one / 1.5);
    assertThat(four).isLessThan(two / 2.5);
    assertThat(seven).isLessThan(four / 4);
  }

  @Test
  void testQuantizedQueriesAreAlmostAsExact() {
    double floats = errors(128, MetricType.L2, 1, 0).deviation;
    assertThat(errors(128, MetricType.L2, 1, 8).deviation).isLessThan(1.01 * floats);
    assertThat(errors(128, MetricType.L2, 1, 4).deviation).isLessThan(1.1 * floats);
    assertThat(errors(128, MetricType.L2, 1, 1).deviation).isGreaterThan(1.2 * floats);
  }

  private record Errors(
      double mean, double deviation, double beyondBound, double withinTenthOfBound) {}

  private static Errors errors(int dimension, MetricType metric, int bits, int queryBits) {
    Random random = new Random(11);
    float[] values = new float[ROWS * dimension];
    for (int i = 0; i < values.length; i++) {
      values[i] = 1 + (float) random.nextGaussian();
    }
    VectorCode code =
        VectorCodes.train(
            VectorCodes.RABITQ,
            Map.of("bits", Integer.toString(bits)),
            new TrainingSample(values, ROWS, dimension),
            metric,
            3,
            BuildProgress.NONE);
    double sum = 0;
    double squares = 0;
    int beyond = 0;
    int far = 0;
    float[] query = new float[dimension];
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(code.codeBytes());
      RaBitScorer scorer = (RaBitScorer) code.newScorer();
      scorer.setQueryBits(queryBits);
      for (int i = 0; i < QUERIES; i++) {
        for (int j = 0; j < dimension; j++) {
          query[j] = 1 + (float) random.nextGaussian();
        }
        scorer.setQuery(query, 0);
        for (int row = 0; row < ROWS; row++) {
          code.newEncoder().encode(values, row * dimension, memory, 0);
          double exact =
              TestVectorCodes.exact(query, 0, values, row * dimension, dimension, metric);
          double error = scorer.distance(memory, 0) - exact;
          sum += error;
          squares += error * error;
          float bound = scorer.errorBound(memory, 0);
          if (Math.abs(error) > bound) {
            beyond++;
          } else if (Math.abs(error) < 0.1 * bound) {
            far++;
          }
        }
      }
    }
    double count = ROWS * QUERIES;
    return new Errors(sum / count, Math.sqrt(squares / count), beyond / count, far / count);
  }
}

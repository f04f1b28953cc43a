package dev.sagitta.engine.index.diskann;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.ClusteredVectors;
import dev.sagitta.engine.index.OffHeapVectors;
import dev.sagitta.engine.schema.MetricType;
import java.lang.foreign.Arena;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestSteeringCode {
  @ParameterizedTest
  @CsvSource({
    "384, 384, SQ8",
    "384, 383, SQ4U",
    "384, 192, SQ4U",
    "384, 191, RABITQ",
    "384, 60, RABITQ",
    "384, 59, PQ",
    "1, 1, SQ8",
    "3, 2, SQ4U",
    "1021, 10, PQ"
  })
  void testTakesTheMostExactCodeThatFits(int dimension, int budgetBytes, String expected) {
    assertThat(SteeringCode.choose(dimension, budgetBytes).name()).isEqualTo(expected);
  }

  @Test
  void testProductCodeHasOneBytePerPart() {
    assertThat(SteeringCode.choose(384, 59)).isEqualTo(new SteeringCode("PQ", Map.of("m", "48")));
    assertThat(SteeringCode.choose(1021, 10)).isEqualTo(new SteeringCode("PQ", Map.of("m", "1")));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 31, 64, 100})
  void testCodesFitTheBudget(int dimension) {
    long seed = System.nanoTime();
    float[][] rows = new ClusteredVectors(new Random(seed), 300, dimension).draw(300);
    try (Arena arena = Arena.ofShared()) {
      OffHeapVectors vectors = new OffHeapVectors(arena, 100, rows);
      for (double ratio : new double[] {0.25, 0.125, 0.06, 0.01}) {
        int bytes =
            SteeringCode.train(vectors, MetricType.L2, ratio, BuildProgress.NONE).codeBytes();
        assertThat(bytes)
            .as("dimension=%d ratio=%s", dimension, ratio)
            .isBetween(1, (int) Math.ceil(ratio * 4 * dimension));
      }
    }
  }
}

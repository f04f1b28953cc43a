package dev.sagitta.proxy.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnBuilder;
import dev.sagitta.engine.column.ColumnType;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.time.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class TestRankers {
  private static final Deadline SOON = Deadline.after(Duration.ofMinutes(1));
  private static final Offset<Float> EXACT = Offset.offset(1e-6f);

  private static final Ranking COSINE =
      new Ranking(MetricType.COSINE, new int[] {0, 1, 2}, new float[] {0.9f, 0.5f, -0.25f});
  private static final Ranking L2 =
      new Ranking(MetricType.L2, new int[] {2, 3}, new float[] {0.5f, 8});

  @Test
  void reciprocalRanksAreSummed() {
    float[] scores = new ReciprocalRankRanker(60).scores(candidates(COSINE, L2), SOON);
    assertThat(scores[0]).isCloseTo(1f / 61, EXACT);
    assertThat(scores[1]).isCloseTo(1f / 62, EXACT);
    assertThat(scores[2]).isCloseTo(1f / 63 + 1f / 61, EXACT);
    assertThat(scores[3]).isCloseTo(1f / 62, EXACT);
  }

  @Test
  void reciprocalRankConstantHasARange() {
    for (double k : new double[] {0, -1, 16_384, Double.NaN}) {
      assertThatThrownBy(() -> new ReciprocalRankRanker(k))
          .isInstanceOf(SagittaException.class)
          .hasMessageContaining("k should be in range (0, 16384)");
    }
  }

  @Test
  void normalizedScoresAreWeighed() {
    WeightedRanker ranker = new WeightedRanker(List.of(0.75, 0.5), true);
    float[] scores = ranker.scores(candidates(COSINE, L2), SOON);
    assertThat(scores[0]).isCloseTo(0.75f * 0.95f, EXACT);
    assertThat(scores[2])
        .isCloseTo((float) (0.75 * 0.375 + 0.5 * (1 - 2 * Math.atan(0.5) / Math.PI)), EXACT);
    assertThat(scores[3]).isCloseTo((float) (0.5 * (1 - 2 * Math.atan(8) / Math.PI)), EXACT);
    assertThat(ranker.largerIsBetter(List.of(MetricType.L2, MetricType.L2))).isTrue();
  }

  @Test
  void rawScoresStayButDistancesAmongSimilaritiesAreTurned() {
    WeightedRanker ranker = new WeightedRanker(List.of(1.0, 1.0), false);
    float[] mixed = ranker.scores(candidates(COSINE, L2), SOON);
    assertThat(mixed[0]).isCloseTo(0.9f, EXACT);
    assertThat(mixed[2]).isCloseTo((float) (-0.25 + 1 - 2 * Math.atan(0.5) / Math.PI), EXACT);
    float[] distances = ranker.scores(candidates(L2, L2), SOON);
    assertThat(distances[2]).isCloseTo(1, EXACT);
    assertThat(distances[3]).isCloseTo(16, EXACT);
    assertThat(ranker.largerIsBetter(List.of(MetricType.L2, MetricType.HAMMING))).isFalse();
    assertThat(ranker.largerIsBetter(List.of(MetricType.L2, MetricType.IP))).isTrue();
  }

  @Test
  void normalizesEveryMetric() {
    assertThat(Scores.normalized(MetricType.COSINE, -1)).isEqualTo(0);
    assertThat(Scores.normalized(MetricType.IP, 0)).isEqualTo(0.5);
    assertThat(Scores.normalized(MetricType.IP, 1)).isEqualTo(0.75);
    assertThat(Scores.normalized(MetricType.BM25, 1)).isEqualTo(0.5);
    assertThat(Scores.normalized(MetricType.JACCARD, 0)).isEqualTo(1);
    assertThat(Scores.normalized(MetricType.HAMMING, 1)).isEqualTo(0.5);
  }

  @Test
  void weightsMustFit() {
    assertThatThrownBy(() -> new WeightedRanker(List.of(0.5, 1.5), true))
        .hasMessageContaining("rank param weight should be in range [0, 1]");
    assertThatThrownBy(
            () ->
                new WeightedRanker(List.of(0.5), true)
                    .validate(List.of(MetricType.L2, MetricType.IP), 1))
        .hasMessageContaining("the length of weights param mismatch");
  }

  @Test
  void decayFallsWithTheDistanceFromTheOrigin() {
    Column input = longs(100L, 103L, 120L, null);
    Candidates candidates = withInput(input, COSINE, L2);
    for (DecayShape shape : DecayShape.values()) {
      DecayRanker ranker = new DecayRanker(102, shape, 100, 5, 2, 0.4, false, ScoreMode.MAX);
      float[] scores = ranker.scores(candidates, SOON);
      double similarity = Math.max(-0.25, 1 - 2 * Math.atan(0.5) / Math.PI);
      assertThat(scores[0]).isCloseTo(0.9f, EXACT);
      assertThat(scores[1]).isCloseTo((float) (0.5 * factor(shape, 1)), EXACT);
      assertThat(scores[2]).isCloseTo((float) (similarity * factor(shape, 18)), EXACT);
      double far = shape == DecayShape.LINEAR ? 0.4 : 0;
      assertThat(scores[3]).isCloseTo((float) ((1 - 2 * Math.atan(8) / Math.PI) * far), EXACT);
    }
  }

  private static double factor(DecayShape shape, double distance) {
    return switch (shape) {
      case GAUSS -> Math.pow(0.4, distance * distance / 25);
      case EXP -> Math.pow(0.4, distance / 5);
      case LINEAR -> Math.max(0.4, 1 - 0.6 * distance / 5);
    };
  }

  @Test
  void decayCombinesScoresOfSeveralSearches() {
    Column input = longs(0L, 0L, 0L, 0L);
    Ranking other = new Ranking(MetricType.COSINE, new int[] {2, 0}, new float[] {0.8f, 0.1f});
    assertThat(decay(ScoreMode.SUM, input, COSINE, other)[2]).isCloseTo(0.55f, EXACT);
    assertThat(decay(ScoreMode.AVG, input, COSINE, other)[0]).isCloseTo(0.5f, EXACT);
    assertThat(decay(ScoreMode.AVG, input, COSINE, other)[1]).isCloseTo(0.5f, EXACT);
    assertThat(decay(ScoreMode.MAX, input, COSINE, other)[0]).isCloseTo(0.9f, EXACT);
  }

  @Test
  void decayParametersHaveRanges() {
    assertThatThrownBy(() -> decay(0, 0, 0.5)).hasMessageContaining("scale must > 0");
    assertThatThrownBy(() -> decay(1, -1, 0.5)).hasMessageContaining("offset must >= 0");
    assertThatThrownBy(() -> decay(1, 0, 1)).hasMessageContaining("decay must 0 < decay < 1");
    assertThatThrownBy(() -> DecayShape.of("cubic")).hasMessageContaining("cubic");
    assertThatThrownBy(() -> ScoreMode.of("score_mode", "min")).hasMessageContaining("min");
  }

  private static DecayRanker decay(double scale, double offset, double decay) {
    return new DecayRanker(1, DecayShape.EXP, 0, scale, offset, decay, true, ScoreMode.MAX);
  }

  private static float[] decay(ScoreMode mode, Column input, Ranking... rankings) {
    return new DecayRanker(1, DecayShape.GAUSS, 0, 1, 0, 0.5, false, mode)
        .scores(withInput(input, rankings), SOON);
  }

  private static Candidates candidates(Ranking... rankings) {
    return new Candidates(0, 4, List.of(rankings), Optional.empty(), 0);
  }

  private static Candidates withInput(Column input, Ranking... rankings) {
    int count = rankings.length == 2 && rankings[1].metric() == MetricType.L2 ? 4 : 3;
    return new Candidates(0, count, List.of(rankings), Optional.of(input), 0);
  }

  private static Column longs(Long... values) {
    ColumnBuilder builder =
        ColumnBuilder.forType(new ColumnType(DataType.INT64, Optional.empty(), 0), values.length);
    for (Long value : values) {
      if (value == null) {
        builder.appendNull();
      } else {
        builder.appendLong(value);
      }
    }
    return builder.build();
  }
}

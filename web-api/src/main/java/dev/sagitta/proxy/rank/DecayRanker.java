package dev.sagitta.proxy.rank;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.DoubleColumn;
import dev.sagitta.engine.column.LongColumn;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.time.Deadline;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Multiplies the similarity with a factor that falls with the distance of a numeric field from an
 * origin. A row without a value is infinitely far away.
 *
 * @param fieldId the numeric field
 * @param offset distance up to which the factor is 1
 * @param decay the factor at distance {@code offset + scale}
 * @param normalize makes every similarity a number from 0 to 1 first
 * @param mode of a row that several searches found, which similarity counts
 */
public record DecayRanker(
    long fieldId,
    DecayShape shape,
    double origin,
    double scale,
    double offset,
    double decay,
    boolean normalize,
    ScoreMode mode)
    implements Ranker {
  public static final double DEFAULT_DECAY = 0.5;

  public DecayRanker {
    requireNonNull(shape, "shape is null");
    requireNonNull(mode, "mode is null");
    if (!(scale > 0)) {
      throw SagittaException.invalidParameter(
          "Decay function param: scale must > 0, but got " + scale);
    }
    if (!(offset >= 0)) {
      throw SagittaException.invalidParameter(
          "Decay function param: offset must >= 0, but got " + offset);
    }
    if (!(decay > 0 && decay < 1)) {
      throw SagittaException.invalidParameter(
          "Decay function param: decay must 0 < decay < 1, but got " + decay);
    }
  }

  @Override
  public OptionalLong inputFieldId() {
    return OptionalLong.of(fieldId);
  }

  @Override
  public float[] scores(Candidates candidates, Deadline deadline) {
    double[] largest = new double[candidates.count()];
    double[] sums = new double[candidates.count()];
    int[] counts = new int[candidates.count()];
    Arrays.fill(largest, Double.NEGATIVE_INFINITY);
    for (Ranking ranking : candidates.rankings()) {
      for (int hit = 0; hit < ranking.candidates().length; hit++) {
        int candidate = ranking.candidates()[hit];
        double similarity = similarity(ranking.metric(), ranking.scores()[hit]);
        largest[candidate] = Math.max(largest[candidate], similarity);
        sums[candidate] += similarity;
        counts[candidate]++;
      }
    }
    float[] scores = new float[candidates.count()];
    Column input = candidates.input().orElseThrow();
    for (int i = 0; i < scores.length; i++) {
      double similarity = mode.of(largest[i], sums[i], counts[i]);
      scores[i] = (float) (similarity * factor(input, candidates.firstInputRow() + i));
    }
    return scores;
  }

  private double similarity(MetricType metric, float score) {
    return normalize ? Scores.normalized(metric, score) : Scores.largerIsNearer(metric, score);
  }

  private double factor(Column input, int row) {
    double distance = Double.POSITIVE_INFINITY;
    if (!input.isNull(row)) {
      double value =
          input instanceof LongColumn integers
              ? integers.longAt(row)
              : ((DoubleColumn) input).doubleAt(row);
      distance = Math.max(0, Math.abs(value - origin) - offset);
    }
    return shape.factor(distance, scale, decay);
  }
}

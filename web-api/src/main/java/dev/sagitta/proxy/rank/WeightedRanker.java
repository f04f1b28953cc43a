package dev.sagitta.proxy.rank;

import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.time.Deadline;
import java.util.List;

/**
 * The sum of the searches' scores, each times its weight. Scores that are not normalised are taken
 * as they are, except that distances among similarities become similarities.
 *
 * @param weights one for each search, from 0 to 1
 * @param normalize makes every score a number from 0 to 1 first
 */
public record WeightedRanker(List<Double> weights, boolean normalize) implements Ranker {
  public WeightedRanker {
    weights = List.copyOf(weights);
    for (double weight : weights) {
      if (!(weight >= 0 && weight <= 1)) {
        throw SagittaException.invalidParameter(
            "rank param weight should be in range [0, 1]: weights=" + weights);
      }
    }
  }

  @Override
  public void validate(List<MetricType> metrics, int queryCount) {
    if (weights.size() != metrics.size()) {
      throw SagittaException.invalidParameter(
          "the length of weights param mismatch with ann search requests: weights="
              + weights
              + " searches="
              + metrics.size());
    }
  }

  @Override
  public boolean largerIsBetter(List<MetricType> metrics) {
    return normalize || !Scores.areDistances(metrics);
  }

  @Override
  public float[] scores(Candidates candidates, Deadline deadline) {
    List<Ranking> rankings = candidates.rankings();
    boolean asTheyAre = !largerIsBetter(rankings.stream().map(Ranking::metric).toList());
    double[] sums = new double[candidates.count()];
    for (int i = 0; i < rankings.size(); i++) {
      Ranking ranking = rankings.get(i);
      for (int hit = 0; hit < ranking.candidates().length; hit++) {
        float score = ranking.scores()[hit];
        double comparable =
            asTheyAre
                ? score
                : normalize
                    ? Scores.normalized(ranking.metric(), score)
                    : Scores.largerIsNearer(ranking.metric(), score);
        sums[ranking.candidates()[hit]] += weights.get(i) * comparable;
      }
    }
    return Scores.toFloats(sums);
  }
}

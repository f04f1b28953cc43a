package dev.sagitta.proxy.rank;

import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.time.Deadline;

/**
 * Reciprocal rank fusion: the sum of {@code 1 / (k + rank)} over the searches that found the row,
 * ranks from 1 (Cormack, Clarke, Buettcher: Reciprocal rank fusion outperforms Condorcet and
 * individual rank learning methods, SIGIR 2009).
 *
 * @param k above 0 and below 16384
 */
public record ReciprocalRankRanker(double k) implements Ranker {
  public static final double DEFAULT_K = 60;

  private static final double K_BOUND = 16_384;

  public ReciprocalRankRanker {
    if (!(k > 0 && k < K_BOUND)) {
      throw SagittaException.invalidParameter(
          "The rank params k should be in range (0, 16384): k=" + k);
    }
  }

  @Override
  public float[] scores(Candidates candidates, Deadline deadline) {
    double[] sums = new double[candidates.count()];
    for (Ranking ranking : candidates.rankings()) {
      int[] rows = ranking.candidates();
      for (int i = 0; i < rows.length; i++) {
        sums[rows[i]] += 1 / (k + i + 1);
      }
    }
    return Scores.toFloats(sums);
  }
}

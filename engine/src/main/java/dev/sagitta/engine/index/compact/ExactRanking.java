package dev.sagitta.engine.index.compact;

import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.index.DenseComparison;
import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.index.graph.NativeMemory;
import dev.sagitta.engine.index.graph.OfferedNodes;

/**
 * Ranks candidates by their exact scores, nearest estimates first. It learns meanwhile by how much
 * the estimates of this query are off and ends when the rest is next to certain not to get among
 * the results. Reused, so that no search allocates.
 */
final class ExactRanking {
  private static final int GROUP = 4;

  /** How many standard deviations a candidate must seem too far to be left out. */
  private static final double CONFIDENCE = 4;

  /** Of long pools half are always compared, less so many, so that a longer one finds more. */
  private static final int NOT_COMPARED_MAX = 64;

  /** Candidates that are always compared beyond the wanted ones, to learn from. */
  private static final int LEARNED_MIN = 8;

  private final int[] rows = new int[GROUP];
  private final long[] addresses = new long[GROUP];
  private final float[] scores = new float[GROUP];

  private int compared;
  private double mean;
  private double squares;

  /**
   * Offers the candidates.
   *
   * @param vectors in native memory
   * @param distanceScale what one unit of the score is in that: -1 for inner products, -2 for
   *     cosines, whose estimates are squared distances of unit vectors, 1 otherwise
   */
  void rank(
      Refinement candidates,
      OfferedNodes offered,
      DenseVectorColumn vectors,
      DenseComparison comparison,
      float distanceScale,
      TopRows results) {
    compared = 0;
    mean = 0;
    squares = 0;
    int size = candidates.size();
    int least = results.capacity() + Math.max(LEARNED_MIN, size / 2 - NOT_COMPARED_MAX);
    for (int from = 0; from < size; from += GROUP) {
      if (compared >= least && isHopeless(candidates.estimateAt(from), distanceScale, results)) {
        return;
      }
      int count = Math.min(GROUP, size - from);
      for (int i = 0; i < GROUP; i++) {
        int position = from + Math.min(i, count - 1);
        rows[i] = offered.row(candidates.nodeAt(position));
        addresses[i] = vectors.blockOf(rows[i]).address() + vectors.offsetInBlock(rows[i]);
      }
      comparison.scores(
          NativeMemory.ALL, addresses[0], addresses[1], addresses[2], addresses[3], scores);
      for (int i = 0; i < count; i++) {
        learn(scores[i] * distanceScale - (double) candidates.estimateAt(from + i));
        if (results.wouldKeep(scores[i]) && offered.acceptsScore(scores[i])) {
          results.offer(rows[i], scores[i]);
        }
      }
    }
  }

  /** Welford's running mean and sum of squared deviations. */
  private void learn(double error) {
    compared++;
    double difference = error - mean;
    mean += difference / compared;
    squares += difference * (error - mean);
  }

  private boolean isHopeless(double estimate, float distanceScale, TopRows results) {
    if (results.size() < results.capacity()) {
      return false;
    }
    double deviation = Math.sqrt(squares / (compared - 1));
    double score = (estimate + mean - CONFIDENCE * deviation) / distanceScale;
    return !results.wouldKeep((float) score);
  }
}

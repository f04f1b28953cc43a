package dev.sagitta.engine.index.hnsw;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.index.graph.Candidate;
import dev.sagitta.engine.index.graph.NodeDistances;
import dev.sagitta.engine.index.graph.PairDistances;
import java.util.Arrays;

/**
 * Finds out whether rounded vectors tell neighbours apart. They do not where few vectors lie so far
 * from the others that the step between two numbers is longer than the way between neighbours.
 */
final class RoundingCheck {
  /** Nodes whose neighbours are looked at. */
  private static final int BASES_MAX = 50;

  /** Nodes among which neighbours are looked for. */
  private static final int OTHERS_MAX = 500;

  private static final int NEIGHBOURS = 16;

  /** Neighbours are confused if less than this share of their variance is left. */
  private static final double EXPLAINED_MIN = 0.7;

  /** The largest share of the bases whose neighbours may be confused. */
  private static final double CONFUSED_SHARE_MAX = 0.1;

  private final PairDistances exact;
  private final PairDistances rounded;
  private final int nodeCount;
  private final int[] others;
  private final long[] candidates;

  /** Both kinds of distances are of the same nodes; their units may differ. */
  RoundingCheck(PairDistances exact, PairDistances rounded, int nodeCount) {
    this.exact = requireNonNull(exact, "exact is null");
    this.rounded = requireNonNull(rounded, "rounded is null");
    this.nodeCount = nodeCount;
    this.others = sample(Math.min(OTHERS_MAX, nodeCount));
    this.candidates = new long[others.length];
  }

  private int[] sample(int count) {
    int[] nodes = new int[count];
    for (int i = 0; i < count; i++) {
      nodes[i] = (int) ((long) i * nodeCount / count);
    }
    return nodes;
  }

  /** Whether most neighbours are told apart. */
  boolean tellsApart() {
    int[] bases = sample(Math.min(BASES_MAX, nodeCount));
    int confused = 0;
    for (int base : bases) {
      confused += tellsApart(base) ? 0 : 1;
    }
    return confused <= CONFUSED_SHARE_MAX * bases.length;
  }

  private boolean tellsApart(int base) {
    float[] distances = compute(exact, base, others, others.length);
    for (int i = 0; i < others.length; i++) {
      candidates[i] = Candidate.of(distances[i], others[i]);
    }
    Arrays.sort(candidates);
    int[] nearest = new int[NEIGHBOURS];
    int count = 0;
    for (int i = 0; i < candidates.length && count < NEIGHBOURS; i++) {
      int node = Candidate.node(candidates[i]);
      if (node != base) {
        nearest[count++] = node;
      }
    }
    return explained(
            compute(exact, base, nearest, count), compute(rounded, base, nearest, count), count)
        >= EXPLAINED_MIN;
  }

  private static float[] compute(PairDistances distances, int base, int[] nodes, int count) {
    int length = Math.ceilDiv(count, NodeDistances.GROUP) * NodeDistances.GROUP;
    int[] padded = Arrays.copyOf(nodes, length);
    Arrays.fill(padded, count, length, base);
    float[] target = new float[length];
    distances.setBase(base);
    distances.compute(padded, count, target);
    return target;
  }

  /** The share of the first numbers' variance that a line through the second ones explains. */
  private static double explained(float[] first, float[] second, int count) {
    double firstMean = mean(first, count);
    double secondMean = mean(second, count);
    double firstSquares = 0;
    double secondSquares = 0;
    double products = 0;
    for (int i = 0; i < count; i++) {
      double x = first[i] - firstMean;
      double y = second[i] - secondMean;
      firstSquares += x * x;
      secondSquares += y * y;
      products += x * y;
    }
    if (firstSquares == 0) {
      return 1;
    }
    return secondSquares == 0 ? 0 : products * products / (firstSquares * secondSquares);
  }

  private static double mean(float[] numbers, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += numbers[i];
    }
    return sum / count;
  }
}

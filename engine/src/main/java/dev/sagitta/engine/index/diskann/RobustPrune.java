package dev.sagitta.engine.index.diskann;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.index.graph.Candidate;
import dev.sagitta.engine.index.graph.NativeMemory;
import dev.sagitta.engine.vector.VectorKernel;
import dev.sagitta.engine.vector.VectorKernels;

/**
 * The paper's RobustPrune: of candidates sorted by distance, keeps those to which no candidate kept
 * before is much nearer than the base is. The paper takes away from the candidates what a kept one
 * covers; here each candidate is checked when its turn comes, which selects the same and computes
 * less, because the first kept one that covers a candidate ends the check. Not safe for concurrent
 * use.
 */
final class RobustPrune {
  static final int GROUP = 4;

  private static final VectorKernel KERNEL = VectorKernels.preferred();

  private final DistinctVectors vectors;
  private final float[] candidate;
  private final float[] distances = new float[GROUP];
  private final int[] selected;
  private int count;

  /**
   * @param limit the most that is ever selected
   */
  RobustPrune(DistinctVectors vectors, int limit) {
    this.vectors = requireNonNull(vectors, "vectors is null");
    this.candidate = new float[vectors.length()];
    this.selected = new int[limit + GROUP];
  }

  int count() {
    return count;
  }

  /** The selected nodes are the first {@link #count()}. */
  int[] selected() {
    return selected;
  }

  /**
   * Selects from {@code candidates[0..size)}, sorted, none twice, the base not among them.
   *
   * @param alpha how many times nearer a kept one must be than the base, in distances that are not
   *     squared
   */
  void select(long[] candidates, int size, float alpha, int limit) {
    float squaredAlpha = alpha * alpha;
    count = 0;
    for (int i = 0; i < size && count < limit; i++) {
      int node = Candidate.node(candidates[i]);
      if (!isCovered(node, Candidate.distance(candidates[i]), squaredAlpha)) {
        selected[count++] = node;
      }
    }
  }

  private boolean isCovered(int node, float distance, float squaredAlpha) {
    if (count == 0) {
      return false;
    }
    vectors.copy(node, candidate);
    for (int i = count; i % GROUP != 0; i++) {
      selected[i] = selected[count - 1];
    }
    for (int from = 0; from < count; from += GROUP) {
      KERNEL.squaredDistances(
          candidate,
          0,
          NativeMemory.ALL,
          vectors.address(selected[from]),
          vectors.address(selected[from + 1]),
          vectors.address(selected[from + 2]),
          vectors.address(selected[from + 3]),
          candidate.length,
          distances);
      float nearest =
          Math.min(Math.min(distances[0], distances[1]), Math.min(distances[2], distances[3]));
      if (squaredAlpha * nearest <= distance) {
        return true;
      }
    }
    return false;
  }
}

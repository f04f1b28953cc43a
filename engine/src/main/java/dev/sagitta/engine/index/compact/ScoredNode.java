package dev.sagitta.engine.index.compact;

/** A node with a score as one even long, in the order of scores; less is nearer. */
final class ScoredNode {
  private ScoredNode() {}

  static long of(float score, int node) {
    return ((long) sortable(Float.floatToIntBits(score)) << 32) | ((long) node << 1);
  }

  static int node(long scoredNode) {
    return (int) scoredNode >>> 1;
  }

  static float score(long scoredNode) {
    return Float.intBitsToFloat(sortable((int) (scoredNode >> 32)));
  }

  /** Bits of a float as an integer in the order of floats, and back. */
  private static int sortable(int bits) {
    return bits ^ ((bits >> 31) & Integer.MAX_VALUE);
  }
}

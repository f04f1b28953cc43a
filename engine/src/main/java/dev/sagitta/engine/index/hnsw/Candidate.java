package dev.sagitta.engine.index.hnsw;

/**
 * A node and its distance in one long that sorts by distance: the distance's bits, made to order
 * like a signed integer, above the node number and one bit that says whether the node's neighbours
 * have been looked at.
 */
final class Candidate {
  private static final long EXPANDED = 1;

  private Candidate() {}

  static long of(float distance, int node) {
    int bits = Float.floatToRawIntBits(distance);
    int ordered = bits ^ ((bits >> 31) & 0x7fffffff);
    return ((long) ordered << 32) | ((long) node << 1);
  }

  static int node(long candidate) {
    return (int) candidate >>> 1;
  }

  static float distance(long candidate) {
    int ordered = (int) (candidate >> 32);
    return Float.intBitsToFloat(ordered ^ ((ordered >> 31) & 0x7fffffff));
  }

  static boolean isExpanded(long candidate) {
    return (candidate & EXPANDED) != 0;
  }

  /** The candidate as it was before its neighbours were looked at. */
  static long fresh(long candidate) {
    return candidate & ~EXPANDED;
  }

  static long expanded(long candidate) {
    return candidate | EXPANDED;
  }
}

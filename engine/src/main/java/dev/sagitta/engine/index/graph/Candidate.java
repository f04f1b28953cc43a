package dev.sagitta.engine.index.graph;

/**
 * A node and its distance in one long that sorts by distance: the distance's bits, made to order
 * like a signed integer, above the node number and one bit that says whether the node's neighbours
 * have been looked at.
 */
public final class Candidate {
  private static final long EXPANDED = 1;

  private Candidate() {}

  /** The candidate of that distance and node, not expanded. */
  public static long of(float distance, int node) {
    int bits = Float.floatToRawIntBits(distance);
    int ordered = bits ^ ((bits >> 31) & 0x7fffffff);
    return ((long) ordered << 32) | ((long) node << 1);
  }

  /** The node. */
  public static int node(long candidate) {
    return (int) candidate >>> 1;
  }

  /** The distance. */
  public static float distance(long candidate) {
    int ordered = (int) (candidate >> 32);
    return Float.intBitsToFloat(ordered ^ ((ordered >> 31) & 0x7fffffff));
  }

  /** 1 if the first candidate is nearer than the second, else 0; computed without a branch. */
  static int isNearer(long first, long second) {
    // Without the bit that does not count the difference cannot overflow.
    return (int) (((first >> 1) - (second >> 1)) >>> 63);
  }

  /** Whether the neighbours have been looked at. */
  public static boolean isExpanded(long candidate) {
    return (candidate & EXPANDED) != 0;
  }

  /** The candidate as it was before its neighbours were looked at. */
  public static long fresh(long candidate) {
    return candidate & ~EXPANDED;
  }

  /** The candidate as it is once its neighbours have been looked at. */
  public static long expanded(long candidate) {
    return candidate | EXPANDED;
  }
}

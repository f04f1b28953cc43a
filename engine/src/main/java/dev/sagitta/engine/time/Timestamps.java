package dev.sagitta.engine.time;

/**
 * Hybrid timestamps: milliseconds since 1970 in the upper 46 bits, a counter in the lower 18. They
 * order all writes and double as ids (collections, segments, generated primary keys).
 */
public final class Timestamps {
  public static final int LOGICAL_BITS = 18;
  public static final long LOGICAL_MASK = (1L << LOGICAL_BITS) - 1;

  private Timestamps() {}

  public static long compose(long epochMillis, long logical) {
    return (epochMillis << LOGICAL_BITS) | logical;
  }

  public static long epochMillis(long timestamp) {
    return timestamp >>> LOGICAL_BITS;
  }
}

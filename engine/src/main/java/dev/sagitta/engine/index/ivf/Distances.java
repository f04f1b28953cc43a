package dev.sagitta.engine.index.ivf;

import dev.sagitta.engine.schema.MetricType;

/** Scores are for users, distances for comparing: smaller is nearer whatever the metric. */
final class Distances {
  private Distances() {}

  /** The score, in the metric's public form, of a distance. */
  static float score(MetricType metric, float distance) {
    return switch (metric) {
      case IP -> -distance;
      // Rounding must not take a cosine out of its interval.
      case COSINE -> Math.clamp(-distance, -1f, 1f);
      // Codes may estimate less.
      case L2 -> Math.max(0, distance);
      default -> distance;
    };
  }

  /**
   * A long that is smaller the smaller the distance and, of equal ones, the number is.
   *
   * @param number not negative
   */
  static long order(float distance, int number) {
    int bits = Float.floatToRawIntBits(distance);
    // Negative floats order the other way round.
    int ordered = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
    return ((long) ordered << 32) | number;
  }

  static int number(long order) {
    return (int) order;
  }

  static float distance(long order) {
    int ordered = (int) (order >> 32);
    return Float.intBitsToFloat(ordered ^ ((ordered >> 31) & Integer.MAX_VALUE));
  }
}

package dev.sagitta.engine.index.code;

/**
 * Finds, among the points whose numbers are all of {@code level - (2^bits - 1) / 2}, one with
 * almost the least angle to a vector.
 */
final class GridDirection {
  private static final int SCALES = 24;

  private final int bits;

  GridDirection(int bits) {
    this.bits = bits;
  }

  /** Writes the levels, 0 to {@code 2^bits - 1}, of the point. */
  void nearest(float[] vector, int[] levels) {
    if (bits == 1) {
      for (int i = 0; i < levels.length; i++) {
        levels[i] = vector[i] >= 0 ? 1 : 0;
      }
      return;
    }
    float largest = 0;
    for (float value : vector) {
      largest = Math.max(largest, Math.abs(value));
    }
    int half = 1 << (bits - 1);
    float best = largest == 0 ? 0 : half / largest;
    double bestCosine = -1;
    // From the scale at which the largest number just fits to the one at which most are clipped.
    for (int i = 0; i < SCALES && largest > 0; i++) {
      float scale = half / largest * (1 + 4f * i / SCALES);
      double cosine = cosine(vector, scale, half);
      if (cosine > bestCosine) {
        bestCosine = cosine;
        best = scale;
      }
    }
    for (int i = 0; i < levels.length; i++) {
      levels[i] = Math.clamp((int) Math.floor(vector[i] * best) + half, 0, 2 * half - 1);
    }
  }

  private static double cosine(float[] vector, float scale, int half) {
    double product = 0;
    double squaredNorm = 0;
    for (float value : vector) {
      double y = Math.min((int) (Math.abs(value) * scale), half - 1) + 0.5;
      product += y * Math.abs(value);
      squaredNorm += y * y;
    }
    return product / Math.sqrt(squaredNorm);
  }
}

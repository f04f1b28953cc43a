package dev.sagitta.engine.index.code;

/**
 * A random rotation that costs {@code n log n}: four rounds of random signs and a fast
 * Walsh-Hadamard transform, on the first and the last power of two of the numbers in turn. (The
 * RaBitQ library's rotation has the same shape; a dense matrix would cost {@code n^2}.) The
 * distances between vectors stay as they are.
 */
final class RandomRotation {
  private static final int ROUNDS = 4;

  private final int length;
  private final int window;
  private final float[][] signs;

  /**
   * @param length numbers of a vector, a multiple of 64
   * @param seed the same seed makes the same rotation
   */
  RandomRotation(int length, int seed) {
    this.length = length;
    this.window = Integer.highestOneBit(length);
    // A transform makes vectors longer by the root of its size: taken back together with the sign.
    float scale = (float) (1 / Math.sqrt(window));
    this.signs = new float[ROUNDS][length];
    for (int round = 0; round < ROUNDS; round++) {
      int start = start(round);
      for (int i = 0; i < length; i++) {
        boolean inside = i >= start && i < start + window;
        float sign = isNegative(seed, round, i) ? -1 : 1;
        signs[round][i] = inside ? sign * scale : sign;
      }
    }
  }

  private int start(int round) {
    return (round & 1) == 0 ? 0 : length - window;
  }

  private static boolean isNegative(int seed, int round, int index) {
    long mixed = ((long) seed << 32) ^ ((long) round << 24) ^ index;
    mixed = (mixed + 1) * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return ((mixed ^ (mixed >>> 31)) & 1) != 0;
  }

  /** Rotates the vector in place. */
  void apply(float[] vector) {
    for (int round = 0; round < ROUNDS; round++) {
      float[] factors = signs[round];
      for (int i = 0; i < length; i++) {
        vector[i] *= factors[i];
      }
      transform(vector, start(round));
    }
  }

  /** Undoes {@link #apply}: the transform is its own inverse, and so are the signs. */
  void invert(float[] vector) {
    for (int round = ROUNDS - 1; round >= 0; round--) {
      transform(vector, start(round));
      float[] factors = signs[round];
      for (int i = 0; i < length; i++) {
        vector[i] *= factors[i];
      }
    }
  }

  private void transform(float[] vector, int start) {
    int end = start + window;
    for (int half = 1; half < window; half <<= 1) {
      for (int from = start; from < end; from += 2 * half) {
        for (int i = from; i < from + half; i++) {
          float left = vector[i];
          float right = vector[i + half];
          vector[i] = left + right;
          vector[i + half] = left - right;
        }
      }
    }
  }
}

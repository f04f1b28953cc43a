package dev.sagitta.engine.vector;

/** Scaling to unit length, and what the cosine of a vector without length is. */
public final class UnitVectors {
  private UnitVectors() {}

  /**
   * Writes the vector of {@code dimension} floats at {@code source[sourceOffset]}, scaled to unit
   * length, to {@code target[targetOffset]}; the two may be the same place. A vector of zeros stays
   * one.
   */
  public static void normalize(
      float[] source, int sourceOffset, float[] target, int targetOffset, int dimension) {
    double squaredNorm = 0;
    for (int i = 0; i < dimension; i++) {
      double value = source[sourceOffset + i];
      squaredNorm += value * value;
    }
    double scale = squaredNorm == 0 ? 0 : 1 / Math.sqrt(squaredNorm);
    for (int i = 0; i < dimension; i++) {
      target[targetOffset + i] = (float) (source[sourceOffset + i] * scale);
    }
  }

  /** Inner product divided by a row's norm, of which the square is given; 0 for a row of zeros. */
  static float cosine(float product, float squaredNorm) {
    return squaredNorm == 0 ? 0 : product / (float) Math.sqrt(squaredNorm);
  }
}

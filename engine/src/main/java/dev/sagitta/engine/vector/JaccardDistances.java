package dev.sagitta.engine.vector;

/** From numbers of bits to the Jaccard distance. */
final class JaccardDistances {
  private JaccardDistances() {}

  /**
   * @param common bits set in both vectors
   * @param either bits set in at least one
   */
  static float of(long common, long either) {
    return either == 0 ? 1 : (float) (either - common) / either;
  }
}

package dev.sagitta.engine.index.code;

/**
 * Computes the tables of a query for a {@link FastScanCode}: 16 entries a part. Implementations
 * hold no state and allocate nothing.
 */
interface TableKernel {
  /**
   * Computes squared distances of the query's parts from the centroids, each table less its least
   * entry.
   *
   * @param rotated the query, {@code partDimension} numbers a part
   * @param centroids part by part, in each {@code partDimension} times 16 numbers
   * @param target gets 16 distances a part
   * @return the greatest of them, 0 if there are none
   */
  float squaredDistances(
      float[] rotated, float[] centroids, int parts, int partDimension, float[] target);

  /**
   * Writes {@code values[i] * scale}, rounded and at most 255, as unsigned bytes.
   *
   * @param values not negative
   * @param count a multiple of 16
   */
  void toBytes(float[] values, float scale, int count, byte[] target);
}

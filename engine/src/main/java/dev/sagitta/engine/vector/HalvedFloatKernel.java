package dev.sagitta.engine.vector;

import java.lang.foreign.MemorySegment;

/**
 * Compares a query with rows of floats that are stored in two halves, in different places: an upper
 * half, which is the nearest bfloat16, and a lower one, which is the signed rest of 16 bits, so
 * that {@code bits == (upper << 16) + lower}. The upper halves alone give distances with a relative
 * error of the rows' numbers of at most {@code 2^-8}, at half of the memory traffic; both together
 * give the floats back to the last bit.
 *
 * <p>Implementations hold no state and allocate nothing, so one instance serves all threads.
 */
public interface HalvedFloatKernel {
  /** Rows of fewer numbers are not supported. */
  int DIMENSION_MIN = 32;

  /** Rows compared by their upper halves in one call. */
  int UPPER_GROUP = 8;

  /** Rows compared by both halves in one call. */
  int WHOLE_GROUP = 4;

  /** What to call the implementation in logs and benchmark output. */
  String name();

  /** Length of an arranged query. */
  int arrangedLength(int dimension);

  /**
   * Brings a query into the order in which this implementation reads it.
   *
   * @param query {@code dimension} floats, at the start of the array
   * @param arranged {@link #arrangedLength} floats
   */
  void arrange(float[] query, int dimension, float[] arranged);

  /**
   * Squared Euclidean distances to the eight upper halves at {@code rowOffsets[from..from + 7]},
   * written to {@code target[from..from + 7]}.
   */
  void upperSquaredDistances(
      float[] arranged,
      MemorySegment rows,
      long[] rowOffsets,
      int from,
      int dimension,
      float[] target);

  /** Inner products with eight upper halves, otherwise like the squared distances. */
  void upperInnerProducts(
      float[] arranged,
      MemorySegment rows,
      long[] rowOffsets,
      int from,
      int dimension,
      float[] target);

  /**
   * Squared Euclidean distances to the four rows whose upper halves are at {@code
   * rowOffsets[from..from + 3]}, written to {@code target[from..from + 3]}.
   *
   * @param toLower from the offset of an upper half to that of its lower half
   */
  void squaredDistances(
      float[] arranged,
      MemorySegment rows,
      long[] rowOffsets,
      int from,
      long toLower,
      int dimension,
      float[] target);

  /** Inner products with four rows, otherwise like the squared distances. */
  void innerProducts(
      float[] arranged,
      MemorySegment rows,
      long[] rowOffsets,
      int from,
      long toLower,
      int dimension,
      float[] target);
}

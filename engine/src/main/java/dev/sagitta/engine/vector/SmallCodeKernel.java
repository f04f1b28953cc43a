package dev.sagitta.engine.vector;

import java.lang.foreign.MemorySegment;

/**
 * Compares codes of seven bits a number, one unsigned byte each, with each other. Implementations
 * hold no state and allocate nothing.
 */
public interface SmallCodeKernel {
  /** A code's length is a multiple of this; numbers that are not needed are zeros. */
  int BYTES_MULTIPLE = 32;

  /** The largest number in a code. */
  int NUMBER_MAX = 127;

  /** What to call the implementation in logs and benchmark output. */
  String name();

  /**
   * Reads a code as the base of comparisons.
   *
   * @param base takes one number an element; its length is the codes' length
   */
  void readBase(MemorySegment rows, long rowOffset, short[] base);

  /**
   * Writes the squared Euclidean distances between the base and the four codes at {@code
   * rowOffsets[from..from + 3]} to {@code distances[from..from + 3]}.
   *
   * @param base one number an element; its length is the codes' length
   */
  void squaredDistances(
      short[] base, MemorySegment rows, long[] rowOffsets, int from, float[] distances);
}

package dev.sagitta.engine.index.code;

import java.lang.foreign.MemorySegment;

/**
 * Compares one query at a time with codes; for one thread, reused, so that no search allocates.
 * Distances are smaller for nearer: squared Euclidean distance, or the negated inner product, of
 * the query and what the code stands for.
 */
public interface CodeScorer {
  /** Prepares the tables for the query at {@code query[offset]}. */
  void setQuery(float[] query, int offset);

  /** Distance of the code at the byte offset. */
  float distance(MemorySegment codes, long codeOffset);

  /** Distances of four codes to {@code target[0..3]}, each as {@link #distance} has it. */
  default void distances(
      MemorySegment codes,
      long codeOffset0,
      long codeOffset1,
      long codeOffset2,
      long codeOffset3,
      float[] target) {
    target[0] = distance(codes, codeOffset0);
    target[1] = distance(codes, codeOffset1);
    target[2] = distance(codes, codeOffset2);
    target[3] = distance(codes, codeOffset3);
  }
}

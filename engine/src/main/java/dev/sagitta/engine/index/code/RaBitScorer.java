package dev.sagitta.engine.index.code;

import java.lang.foreign.MemorySegment;

/** A scorer of RaBitQ codes, with what only they have. */
public interface RaBitScorer extends CodeScorer {
  /** The most bits that a query is quantized to. */
  int QUERY_BITS_MAX = 8;

  /**
   * Chooses how many bits each number of the following queries keeps; 0, the default, keeps floats.
   * Fewer bits are faster and less exact.
   *
   * @throws IllegalArgumentException unless {@code 0 <= bits <= QUERY_BITS_MAX}
   */
  void setQueryBits(int bits);

  /**
   * How far the last query's distance to the code may be from the estimate, at a confidence of
   * practically one (the paper's theorem 3.2 with epsilon 1.9). Does not count the error of a
   * quantized query.
   */
  float errorBound(MemorySegment codes, long codeOffset);
}

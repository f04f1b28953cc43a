package dev.sagitta.engine.index.sparse;

import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;

/**
 * What an index knows about its rows as a whole.
 *
 * @param documentCount rows that have a vector
 * @param totalLength sum of the lengths of all documents
 * @param averageLength of which the lists' impacts were computed
 * @param longest length of the longest document
 * @param smallestFrequency smallest frequency of a term in a document
 * @param listCount number of inverted lists
 */
record SparseStatistics(
    long documentCount,
    double totalLength,
    double averageLength,
    float longest,
    float smallestFrequency,
    long listCount) {
  /** Reads the statistics block of {@link SparseIndexFile}. */
  static SparseStatistics read(MemorySegment block) {
    return new SparseStatistics(
        block.get(LittleEndian.LONG, 0),
        block.get(LittleEndian.DOUBLE, 8),
        block.get(LittleEndian.DOUBLE, 16),
        block.get(LittleEndian.FLOAT, 24),
        block.get(LittleEndian.FLOAT, 28),
        block.get(LittleEndian.LONG, 32));
  }

  /**
   * How much the impacts change at most if the average length is another than the one of which they
   * were computed: the farthest from 1 that the factor of any entry can be. It is that of the
   * rarest term in the longest document, and all others lie between it and 1.
   */
  double impactFactor(Bm25Parameters parameters, double otherAverageLength) {
    double before = parameters.impact(smallestFrequency, longest, averageLength);
    double after = parameters.impact(smallestFrequency, longest, otherAverageLength);
    return before > 0 ? after / before : 1;
  }
}

package dev.sagitta.engine.index;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/**
 * What BM25 has to know about all documents that are searched together: their number and length,
 * and in how many of them each term of a query occurs. Each segment counts its own; the counts of
 * all segments of a collection are added before the search, so that scores of different segments
 * can be compared. Deleted rows count until they are compacted away, as in Milvus.
 *
 * @param documentCount rows that have a vector, empty ones included
 * @param totalLength sum of the lengths of all documents, a length being the sum of its term
 *     frequencies
 * @param indices the query's terms: sorted, compared unsigned, none twice
 * @param documentFrequencies for each of the terms the number of documents that hold it
 */
public record Bm25Statistics(
    long documentCount, double totalLength, int[] indices, long[] documentFrequencies) {
  public Bm25Statistics {
    requireNonNull(indices, "indices is null");
    requireNonNull(documentFrequencies, "documentFrequencies is null");
    if (indices.length != documentFrequencies.length) {
      throw new IllegalArgumentException(
          "as many frequencies as indices are needed: indices="
              + indices.length
              + " documentFrequencies="
              + documentFrequencies.length);
    }
    if (documentCount < 0 || !(totalLength >= 0)) {
      throw new IllegalArgumentException(
          "no such documents: documentCount=" + documentCount + " totalLength=" + totalLength);
    }
  }

  /** The statistics of no document at all, to which others are added. */
  public static Bm25Statistics none(int[] indices) {
    return new Bm25Statistics(0, 0, indices, new long[indices.length]);
  }

  /**
   * The statistics of these and those documents together.
   *
   * @throws IllegalArgumentException if the others were counted for other terms
   */
  public Bm25Statistics plus(Bm25Statistics other) {
    requireNonNull(other, "other is null");
    if (!Arrays.equals(indices, other.indices)) {
      throw new IllegalArgumentException("statistics are of different terms");
    }
    long[] sums = documentFrequencies.clone();
    for (int i = 0; i < sums.length; i++) {
      sums[i] += other.documentFrequencies[i];
    }
    return new Bm25Statistics(
        documentCount + other.documentCount, totalLength + other.totalLength, indices, sums);
  }

  /**
   * The statistics of the same documents for fewer terms.
   *
   * @param fewer sorted as the indices, all of them among these
   */
  public Bm25Statistics ofTerms(int[] fewer) {
    long[] frequencies = new long[fewer.length];
    int position = 0;
    for (int i = 0; i < fewer.length; i++) {
      while (position < indices.length && indices[position] != fewer[i]) {
        position++;
      }
      if (position == indices.length) {
        throw new IllegalArgumentException(
            "term was not counted: index=" + Integer.toUnsignedString(fewer[i]));
      }
      frequencies[i] = documentFrequencies[position];
    }
    return new Bm25Statistics(documentCount, totalLength, fewer, frequencies);
  }

  /** Mean length of a document; 1 if there is none or all are empty. */
  public double averageLength() {
    return documentCount == 0 || totalLength == 0 ? 1 : totalLength / documentCount;
  }
}

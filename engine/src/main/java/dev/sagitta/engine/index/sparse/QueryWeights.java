package dev.sagitta.engine.index.sparse;

import dev.sagitta.engine.index.Bm25Statistics;
import dev.sagitta.engine.index.QueryVector;
import java.util.Arrays;

/**
 * What each entry of a query multiplies the impacts of its index with; 0 for entries that do not
 * count. Reused from query to query; not safe for concurrent use.
 */
final class QueryWeights {
  private static final int INITIAL = 32;

  private double[] weights = new double[INITIAL];
  private double[] magnitudes = new double[INITIAL];
  private int count;

  /** The values themselves. */
  void useValues(QueryVector.Sparse query) {
    begin(query.indices().length);
    for (int i = 0; i < count; i++) {
      weights[i] = query.values()[i];
    }
  }

  /** Frequencies in the query times rarity in the documents. */
  void useBm25(QueryVector.Sparse query, Bm25Statistics statistics) {
    begin(query.indices().length);
    for (int i = 0; i < count; i++) {
      useBm25(query, i, statistics.documentCount(), statistics.documentFrequencies()[i]);
    }
  }

  /** Makes room for the weights of so many entries, to be set one by one. */
  void begin(int entries) {
    count = entries;
    if (weights.length < count) {
      weights = new double[2 * count];
      magnitudes = new double[2 * count];
    }
  }

  /** Sets the weight of one entry; query terms of no positive frequency do not count. */
  void useBm25(QueryVector.Sparse query, int position, long documentCount, long documentFrequency) {
    float frequency = query.values()[position];
    weights[position] =
        frequency > 0
            ? frequency * Bm25Parameters.inverseDocumentFrequency(documentCount, documentFrequency)
            : 0;
  }

  /** Sets the weights of smallest magnitude to 0: this share of all, rounded down. */
  void drop(double share) {
    int dropped = (int) (count * share);
    if (dropped == 0) {
      return;
    }
    for (int i = 0; i < count; i++) {
      magnitudes[i] = Math.abs(weights[i]);
    }
    Arrays.sort(magnitudes, 0, count);
    for (int i = 0; i < count; i++) {
      if (Math.abs(weights[i]) < magnitudes[dropped]) {
        weights[i] = 0;
      }
    }
  }

  double get(int position) {
    return weights[position];
  }
}

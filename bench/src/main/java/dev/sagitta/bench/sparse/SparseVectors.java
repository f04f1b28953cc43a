package dev.sagitta.bench.sparse;

import dev.sagitta.engine.index.QueryVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Makes sparse vectors out of texts. */
final class SparseVectors {
  private SparseVectors() {}

  /** Term frequencies: what BM25 indexes. */
  static List<QueryVector.Sparse> frequencies(List<int[]> texts) {
    List<QueryVector.Sparse> vectors = new ArrayList<>();
    for (int[] terms : texts) {
      TreeMap<Integer, Float> frequencies = new TreeMap<>();
      for (int term : terms) {
        frequencies.merge(term, 1f, Float::sum);
      }
      vectors.add(vector(frequencies));
    }
    return vectors;
  }

  /**
   * Vectors like those of learned sparse models: saturated tf-idf weights with noise, and as many
   * entries as wished by adding terms of other texts, with smaller weights.
   *
   * @param entriesMin fewest entries of a vector
   * @param entriesMax most entries of a vector
   */
  static List<QueryVector.Sparse> learned(
      List<int[]> texts, PackageTexts all, int entriesMin, int entriesMax, Random random) {
    int[] documentFrequencies = new int[all.termCount()];
    for (int[] terms : all.documents()) {
      Arrays.stream(terms).distinct().forEach(term -> documentFrequencies[term]++);
    }
    List<QueryVector.Sparse> vectors = new ArrayList<>();
    for (int[] terms : texts) {
      TreeMap<Integer, Float> weights = new TreeMap<>();
      for (int term : terms) {
        weights.merge(term, 1f, Float::sum);
      }
      weights.replaceAll(
          (term, frequency) ->
              weight(documentFrequencies[term], all.documents().size(), random)
                  * (float) Math.log1p(frequency));
      int wanted = random.nextInt(entriesMin, entriesMax + 1);
      while (weights.size() < wanted) {
        int[] other = all.documents().get(random.nextInt(all.documents().size()));
        if (other.length > 0) {
          int term = other[random.nextInt(other.length)];
          weights.putIfAbsent(
              term, 0.3f * weight(documentFrequencies[term], all.documents().size(), random));
        }
      }
      vectors.add(vector(weights));
    }
    return vectors;
  }

  private static float weight(int documentFrequency, int documents, Random random) {
    double rarity = Math.log1p(documents / (1.0 + documentFrequency));
    return (float) (0.2 * rarity * Math.exp(0.4 * random.nextGaussian()));
  }

  private static QueryVector.Sparse vector(Map<Integer, Float> entries) {
    int[] indices = entries.keySet().stream().mapToInt(Integer::intValue).toArray();
    float[] values = new float[indices.length];
    int filled = 0;
    for (float value : entries.values()) {
      values[filled++] = value;
    }
    return new QueryVector.Sparse(indices, values);
  }
}

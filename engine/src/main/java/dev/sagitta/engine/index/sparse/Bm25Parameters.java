package dev.sagitta.engine.index.sparse;

import dev.sagitta.engine.index.IndexParameters;
import java.util.Map;

/**
 * The two constants of Okapi BM25 and its formula (Robertson and Zaragoza, "The Probabilistic
 * Relevance Framework: BM25 and Beyond", 2009), in the form that Milvus uses: the numerator keeps
 * its factor {@code k1 + 1}, and the inverse document frequency is never negative.
 *
 * @param k1 how slowly the weight of a repeated term saturates, 0 to 3
 * @param b how much long documents are held back, 0 to 1
 */
public record Bm25Parameters(double k1, double b) {
  public static final String K1 = "bm25_k1";
  public static final String B = "bm25_b";
  public static final Bm25Parameters DEFAULT = new Bm25Parameters(1.2, 0.75);

  private static final double K1_MAX = 3;

  public Bm25Parameters {
    if (!areValid(k1, b)) {
      throw new IllegalArgumentException("no such BM25 parameters: k1=" + k1 + " b=" + b);
    }
  }

  static boolean areValid(double k1, double b) {
    return k1 >= 0 && k1 <= K1_MAX && b >= 0 && b <= 1;
  }

  /**
   * The constants that index parameters name, or their defaults.
   *
   * @throws dev.sagitta.engine.error.SagittaException code 1100, naming parameter, value and range
   */
  public static Bm25Parameters of(Map<String, String> parameters) {
    return new Bm25Parameters(
        IndexParameters.number(parameters, K1, DEFAULT.k1, 0, K1_MAX),
        IndexParameters.number(parameters, B, DEFAULT.b, 0, 1));
  }

  /**
   * The saturated weight of a term in a document.
   *
   * @param frequency how often the term occurs in the document, positive
   * @param length of the document
   * @param averageLength of all documents
   */
  public double impact(double frequency, double length, double averageLength) {
    double held = k1 * (1 - b + b * length / averageLength);
    return frequency * (k1 + 1) / (frequency + held);
  }

  /**
   * The inverse document frequency of a term.
   *
   * @param documentFrequency how many of the documents hold the term
   */
  public static double inverseDocumentFrequency(long documentCount, long documentFrequency) {
    // Deleted or unknown documents must not make a term's weight negative.
    double documents = Math.max(documentCount, documentFrequency);
    return Math.log1p((documents - documentFrequency + 0.5) / (documentFrequency + 0.5));
  }
}

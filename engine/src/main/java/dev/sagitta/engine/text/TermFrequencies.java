package dev.sagitta.engine.text;

import static java.util.Objects.requireNonNull;

/**
 * How often each term occurs in a text: a sparse vector.
 *
 * @param termIds sorted, compared unsigned, none twice
 * @param counts occurrences of each term
 */
public record TermFrequencies(int[] termIds, float[] counts) {
  public TermFrequencies {
    requireNonNull(termIds, "termIds is null");
    requireNonNull(counts, "counts is null");
    if (termIds.length != counts.length) {
      throw new IllegalArgumentException(
          "as many counts as terms are needed: terms="
              + termIds.length
              + " counts="
              + counts.length);
    }
  }
}

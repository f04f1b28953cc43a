package dev.sagitta.engine.index.sparse;

import dev.sagitta.engine.error.SagittaException;
import java.util.Optional;

/**
 * How the lists of a query's terms are walked. All find the same rows with the same scores. The
 * constants' names are Milvus's.
 */
public enum SparseAlgorithm {
  /** {@link MaxScoreSearch}. */
  DAAT_MAXSCORE(1),
  /** {@link WandSearch}. */
  DAAT_WAND(2),
  /** {@link ExhaustiveSearch}. */
  TAAT_NAIVE(3);

  private final int code;

  SparseAlgorithm(int code) {
    this.code = code;
  }

  /** The stable number in files. */
  int code() {
    return code;
  }

  static Optional<SparseAlgorithm> fromCode(int code) {
    for (SparseAlgorithm algorithm : values()) {
      if (algorithm.code == code) {
        return Optional.of(algorithm);
      }
    }
    return Optional.empty();
  }

  /**
   * The algorithm that a client names.
   *
   * @throws SagittaException code 1100, if there is none of that name
   */
  static SparseAlgorithm fromName(String name) {
    for (SparseAlgorithm algorithm : values()) {
      if (algorithm.name().equals(name)) {
        return algorithm;
      }
    }
    throw SagittaException.invalidParameter(
        String.format(
            "sparse inverted index algo %s not found or not supported, supported:"
                + " [DAAT_MAXSCORE DAAT_WAND TAAT_NAIVE]",
            name));
  }
}

package dev.sagitta.engine.schema;

import java.util.Optional;

/** How two vectors are compared. The constant's name is the name clients use and what is stored. */
public enum MetricType {
  /** Squared Euclidean distance; smaller is nearer. */
  L2(false),
  /** Inner product; larger is nearer. */
  IP(true),
  /** Cosine similarity in [-1, 1]; larger is nearer. */
  COSINE(true),
  /** Number of differing bits; smaller is nearer. */
  HAMMING(false),
  /** One minus intersection over union of set bits; smaller is nearer. */
  JACCARD(false),
  /** Okapi BM25 score; larger is nearer. */
  BM25(true);

  private final boolean largerIsNearer;

  MetricType(boolean largerIsNearer) {
    this.largerIsNearer = largerIsNearer;
  }

  public boolean largerIsNearer() {
    return largerIsNearer;
  }

  public static Optional<MetricType> fromName(String name) {
    for (MetricType metric : values()) {
      if (metric.name().equals(name)) {
        return Optional.of(metric);
      }
    }
    return Optional.empty();
  }
}

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
  BM25(true),
  /** Embedding lists: sum over a query's vectors of the largest cosine with one of the row's. */
  MAX_SIM_COSINE(true),
  /** As {@link #MAX_SIM_COSINE}, of the largest inner product. */
  MAX_SIM_IP(true),
  /** As {@link #MAX_SIM_COSINE}, of the smallest squared Euclidean distance. */
  MAX_SIM_L2(false);

  /** Another name of {@link #MAX_SIM_COSINE}. */
  private static final String MAX_SIM = "MAX_SIM";

  private final boolean largerIsNearer;

  MetricType(boolean largerIsNearer) {
    this.largerIsNearer = largerIsNearer;
  }

  public boolean largerIsNearer() {
    return largerIsNearer;
  }

  /** How a vector of a query's list is compared with one of a row's; empty for other metrics. */
  public Optional<MetricType> ofListElements() {
    return switch (this) {
      case MAX_SIM_COSINE -> Optional.of(COSINE);
      case MAX_SIM_IP -> Optional.of(IP);
      case MAX_SIM_L2 -> Optional.of(L2);
      case L2, IP, COSINE, HAMMING, JACCARD, BM25 -> Optional.empty();
    };
  }

  public static Optional<MetricType> fromName(String name) {
    if (name.equals(MAX_SIM)) {
      return Optional.of(MAX_SIM_COSINE);
    }
    for (MetricType metric : values()) {
      if (metric.name().equals(name)) {
        return Optional.of(metric);
      }
    }
    return Optional.empty();
  }
}

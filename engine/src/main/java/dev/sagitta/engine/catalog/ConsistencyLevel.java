package dev.sagitta.engine.catalog;

import java.util.Optional;

/** How fresh a read must be. */
public enum ConsistencyLevel {
  /** Sees every write acknowledged before the read began. */
  STRONG("Strong"),
  /** Sees the client's own writes. */
  SESSION("Session"),
  /** At most five seconds stale. */
  BOUNDED("Bounded"),
  /** Whatever is there. */
  EVENTUALLY("Eventually"),
  /** Milvus's client-driven level; treated as Session. */
  CUSTOMIZED("Customized");

  private final String milvusName;

  ConsistencyLevel(String milvusName) {
    this.milvusName = milvusName;
  }

  public String milvusName() {
    return milvusName;
  }

  public static Optional<ConsistencyLevel> fromMilvusName(String name) {
    for (ConsistencyLevel level : values()) {
      if (level.milvusName.equals(name)) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
  }
}

package dev.sagitta.engine.schema;

import java.util.Optional;

/** Kinds of functions. Names are Milvus's public contract, and what the catalog holds. */
public enum FunctionType {
  /** The term frequencies of a text, compared by BM25. */
  BM25("BM25"),
  /** A text's vector, made by a model. */
  TEXT_EMBEDDING("TextEmbedding"),
  /** Another order of hits; belongs to searches, never to a schema. */
  RERANK("Rerank");

  private final String milvusName;

  FunctionType(String milvusName) {
    this.milvusName = milvusName;
  }

  /** The name clients use, for example {@code TextEmbedding}. */
  public String milvusName() {
    return milvusName;
  }

  public static Optional<FunctionType> fromMilvusName(String name) {
    for (FunctionType type : values()) {
      if (type.milvusName.equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}

package dev.sagitta.proxy.rank.model;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * What the services want to see and what they answer: a query and texts become a list of {@code
 * {"index": i, "<score>": s}} in any order.
 *
 * @param textsKey key of the texts in the request
 * @param resultsKey key of the list in the answer; empty if the answer is the list
 * @param scoreKey key of the score of a text
 * @param constants further members of the request
 */
record RerankFormat(
    String textsKey, String resultsKey, String scoreKey, Map<String, Object> constants) {
  RerankFormat {
    requireNonNull(textsKey, "textsKey is null");
    requireNonNull(resultsKey, "resultsKey is null");
    requireNonNull(scoreKey, "scoreKey is null");
    constants = Map.copyOf(constants);
  }

  /** Text Embeddings Inference: {@code {"query", "texts"}} to a list. */
  static RerankFormat tei(Map<String, Object> constants) {
    return new RerankFormat("texts", "", "score", constants);
  }

  /** Cohere, and who follows it: {@code {"query", "documents"}} to {@code {"results"}}. */
  static RerankFormat cohere(Map<String, Object> constants) {
    return new RerankFormat("documents", "results", "relevance_score", constants);
  }

  /** Voyage AI: like Cohere, but with {@code {"data"}}. */
  static RerankFormat voyage(Map<String, Object> constants) {
    return new RerankFormat("documents", "data", "relevance_score", constants);
  }
}

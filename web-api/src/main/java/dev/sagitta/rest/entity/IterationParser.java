package dev.sagitta.rest.entity;

import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.proxy.SearchIteration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Reads the parameters of iterators, by the names that Milvus's clients send. */
final class IterationParser {
  private IterationParser() {}

  /**
   * The step of a search iterator, if the request is one.
   *
   * @throws SagittaException 1100 for a token that is none, and a collection that was replaced
   */
  static Optional<SearchIteration> search(
      CollectionDescriptor collection, Map<String, String> parameters) {
    if (!isIterator(parameters)) {
      return Optional.empty();
    }
    checkCollection(collection, parameters);
    Optional<String> token =
        Optional.ofNullable(parameters.get("search_iter_id")).filter(text -> !text.isEmpty());
    token.ifPresent(IterationParser::checkToken);
    return Optional.of(
        new SearchIteration(
            timestamp(parameters),
            ParameterTexts.number(parameters, "search_iter_last_bound"),
            token));
  }

  /** Whether the request is a step of an iterator. */
  static boolean isIterator(Map<String, String> parameters) {
    return ParameterTexts.flag(parameters, "iterator").orElse(false);
  }

  /** The timestamp that the first step answered; empty in the first step. */
  static OptionalLong timestamp(Map<String, String> parameters) {
    OptionalLong named = ParameterTexts.integer(parameters, "guarantee_timestamp");
    if (named.isPresent() && named.getAsLong() < 0) {
      throw SagittaException.invalidParameter(
          "guarantee_timestamp must not be negative: value=" + named.getAsLong());
    }
    return named.isPresent() && named.getAsLong() == 0 ? OptionalLong.empty() : named;
  }

  /** Code 1100 if the iterator began on another collection of this name. */
  static void checkCollection(CollectionDescriptor collection, Map<String, String> parameters) {
    OptionalLong id = ParameterTexts.integer(parameters, "collection_id");
    if (id.isPresent() && id.getAsLong() != collection.id()) {
      throw SagittaException.invalidParameter(
          "alter alias or recreate collection during iteration: collection="
              + collection.name()
              + " collection_id="
              + id.getAsLong()
              + " actual="
              + collection.id());
    }
  }

  private static void checkToken(String token) {
    try {
      UUID _ = UUID.fromString(token);
    } catch (IllegalArgumentException e) {
      throw SagittaException.invalidParameter("invalid token format: search_iter_id=" + token);
    }
  }
}

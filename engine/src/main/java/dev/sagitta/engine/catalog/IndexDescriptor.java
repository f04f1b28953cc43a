package dev.sagitta.engine.catalog;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.sagitta.engine.scalarindex.words.TextIndexType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.schema.MetricType;
import java.util.Map;
import java.util.Optional;

/**
 * A wanted index of a field.
 *
 * @param indexType resolved family that is built (AUTOINDEX is resolved to HNSW when created)
 * @param requestedType the type's name as the client gave it, AUTOINDEX included
 * @param metric metric of a vector index, empty for scalar indexes
 * @param parameters build parameters with defaults filled in
 * @param userParameters what the client sent, shown by describe
 */
public record IndexDescriptor(
    long id,
    long fieldId,
    String name,
    String indexType,
    String requestedType,
    Optional<MetricType> metric,
    Map<String, String> parameters,
    Map<String, String> userParameters,
    long createdTimestamp) {
  public static final String AUTOINDEX = "AUTOINDEX";

  private static final String IMPLIED_PREFIX = "$match_";

  public IndexDescriptor {
    requireNonNull(name, "name is null");
    requireNonNull(indexType, "indexType is null");
    requireNonNull(requestedType, "requestedType is null");
    requireNonNull(metric, "metric is null");
    parameters = Map.copyOf(requireNonNull(parameters, "parameters is null"));
    userParameters = Map.copyOf(requireNonNull(userParameters, "userParameters is null"));
  }

  /**
   * The text index that comes with a field's {@code enable_match}. Its name is none that a client
   * could give.
   */
  public static IndexDescriptor ofWords(FieldSchema field, long id, long timestamp) {
    return new IndexDescriptor(
        id,
        field.id(),
        IMPLIED_PREFIX + field.name(),
        TextIndexType.NAME,
        TextIndexType.NAME,
        Optional.empty(),
        Map.of(),
        Map.of(),
        timestamp);
  }

  /** Whether it comes with its field: clients neither see nor drop it. */
  @JsonIgnore
  public boolean isImplied() {
    return indexType.equals(TextIndexType.NAME);
  }

  @JsonIgnore
  public boolean isVectorIndex() {
    return metric.isPresent();
  }

  IndexDescriptor withUserParameters(Map<String, String> newUserParameters) {
    return new IndexDescriptor(
        id,
        fieldId,
        name,
        indexType,
        requestedType,
        metric,
        parameters,
        newUserParameters,
        createdTimestamp);
  }
}

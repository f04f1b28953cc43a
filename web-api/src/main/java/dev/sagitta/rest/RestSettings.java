package dev.sagitta.rest;

import dev.sagitta.engine.configuration.Configuration;
import dev.sagitta.engine.configuration.SagittaConfiguration;
import java.time.Duration;

/** The settings of the REST API, read once. */
public record RestSettings(
    Duration requestTimeout,
    boolean int64AsNumber,
    long maximumRequestBytes,
    long maximumInflightBytes,
    long maximumOutputBytes,
    long maximumInsertBytes,
    int maximumQueries,
    int maximumTopK,
    int maximumResultWindow,
    int maximumFields,
    int maximumVectorFields,
    int maximumShards,
    int maximumNameLength,
    int indexMinimumRows) {
  public static RestSettings from(Configuration configuration) {
    return new RestSettings(
        configuration.get(SagittaConfiguration.REQUEST_TIMEOUT),
        configuration.get(SagittaConfiguration.ACCEPT_INT64_NUMBERS),
        configuration.get(SagittaConfiguration.MAXIMUM_REQUEST_BYTES),
        configuration.get(SagittaConfiguration.MAXIMUM_INFLIGHT_BYTES),
        configuration.get(SagittaConfiguration.MAXIMUM_OUTPUT_BYTES),
        configuration.get(SagittaConfiguration.MAXIMUM_INSERT_BYTES),
        configuration.get(SagittaConfiguration.MAXIMUM_QUERIES),
        configuration.get(SagittaConfiguration.MAXIMUM_TOP_K),
        configuration.get(SagittaConfiguration.MAXIMUM_RESULT_WINDOW),
        configuration.get(SagittaConfiguration.MAXIMUM_FIELDS),
        configuration.get(SagittaConfiguration.MAXIMUM_VECTOR_FIELDS),
        configuration.get(SagittaConfiguration.MAXIMUM_SHARDS),
        configuration.get(SagittaConfiguration.MAXIMUM_NAME_LENGTH),
        configuration.get(SagittaConfiguration.INDEX_MINIMUM_ROWS));
  }
}

package dev.sagitta.coordinator.root;

import dev.sagitta.engine.configuration.Configuration;
import dev.sagitta.engine.configuration.SagittaConfiguration;

/** Limits on what may be defined; all of them are settings. */
record DefinitionLimits(
    int databases,
    int collections,
    int collectionsOfDatabase,
    int partitions,
    int generalCapacity,
    int shards,
    int fields,
    int vectorFields,
    int nameLength) {
  static DefinitionLimits from(Configuration configuration) {
    return new DefinitionLimits(
        configuration.get(SagittaConfiguration.MAXIMUM_DATABASES),
        configuration.get(SagittaConfiguration.MAXIMUM_COLLECTIONS),
        configuration.get(SagittaConfiguration.MAXIMUM_COLLECTIONS_OF_DATABASE),
        configuration.get(SagittaConfiguration.MAXIMUM_PARTITIONS),
        configuration.get(SagittaConfiguration.MAXIMUM_GENERAL_CAPACITY),
        configuration.get(SagittaConfiguration.MAXIMUM_SHARDS),
        configuration.get(SagittaConfiguration.MAXIMUM_FIELDS),
        configuration.get(SagittaConfiguration.MAXIMUM_VECTOR_FIELDS),
        configuration.get(SagittaConfiguration.MAXIMUM_NAME_LENGTH));
  }
}

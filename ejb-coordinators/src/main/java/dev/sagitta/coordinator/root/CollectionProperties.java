package dev.sagitta.coordinator.root;

import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.CollectionTimeZone;
import dev.sagitta.engine.catalog.ConsistencyLevel;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.CollectionSchema;
import java.util.Map;
import java.util.Set;

/**
 * Rules for the properties of collections. Keys that are not known are kept and shown, as in
 * Milvus.
 */
final class CollectionProperties {
  static final String MMAP = "mmap.enabled";
  static final String DYNAMIC_FIELD = "dynamicfield.enabled";
  static final String ISOLATION = "partitionkey.isolation";
  static final String DESCRIPTION = "collection.description";
  static final String CONSISTENCY_LEVEL = "consistency_level";

  /** 100 years, as in Milvus. */
  private static final long MAXIMUM_TTL_SECONDS = 3_155_760_000L;

  private static final Set<String> FLAGS =
      Set.of(
          MMAP,
          DYNAMIC_FIELD,
          ISOLATION,
          "lazyload.enabled",
          "collection.autocompaction.enabled",
          "allow_insert_auto_id",
          "disable_func_runtime_check");

  private static final Set<String> RATES =
      Set.of(
          "collection.insertRate.max.mb",
          "collection.insertRate.min.mb",
          "collection.upsertRate.max.mb",
          "collection.upsertRate.min.mb",
          "collection.deleteRate.max.mb",
          "collection.deleteRate.min.mb",
          "collection.bulkLoadRate.max.mb",
          "collection.bulkLoadRate.min.mb",
          "collection.queryRate.max.qps",
          "collection.queryRate.min.qps",
          "collection.searchRate.max.vps",
          "collection.searchRate.min.vps",
          "collection.diskProtection.diskQuota.mb");

  private static final Set<String> WARMUP_POLICIES = Set.of("sync", "disable");

  private CollectionProperties() {}

  /**
   * Checks the values of known keys.
   *
   * @throws SagittaException naming property, value and rule
   */
  static void check(Map<String, String> properties, CollectionSchema schema) {
    CollectionTimeZone.check(properties);
    properties.forEach((key, value) -> check(key, value, schema));
  }

  private static void check(String key, String value, CollectionSchema schema) {
    if (FLAGS.contains(key)) {
      PropertyValues.flag(key, value);
    } else if (RATES.contains(key)) {
      PropertyValues.number(key, value);
    } else if (key.startsWith("warmup.") && !WARMUP_POLICIES.contains(value)) {
      throw SagittaException.invalidParameter(
          "invalid warmup value for key " + key + ": " + value + ", expected sync or disable");
    }
    switch (key) {
      case CollectionDescriptor.TTL_PROPERTY -> checkTtl(value);
      case "collection.replica.number" -> PropertyValues.positive(key, value);
      case CONSISTENCY_LEVEL -> {
        var _ = consistencyLevel(value);
      }
      case "query_mode" -> {
        if (!value.equals("large_topk")) {
          throw SagittaException.invalidParameter(
              "invalid query_mode value: " + value + ", expected large_topk");
        }
      }
      case "allow_insert_auto_id" -> checkAllowsKeys(value, schema);
      case ISOLATION -> checkIsolation(value, schema);
      default -> {}
    }
  }

  private static void checkTtl(String value) {
    long seconds;
    try {
      seconds = Long.parseLong(value.trim());
    } catch (NumberFormatException e) {
      throw SagittaException.invalidParameter(
          "collection TTL is not a valid positive integer: "
              + CollectionDescriptor.TTL_PROPERTY
              + "="
              + value);
    }
    if (seconds < -1 || seconds > MAXIMUM_TTL_SECONDS) {
      throw SagittaException.invalidParameter(
          "collection TTL is out of range, expect [-1, "
              + MAXIMUM_TTL_SECONDS
              + "], got "
              + seconds);
    }
  }

  static ConsistencyLevel consistencyLevel(String value) {
    return ConsistencyLevel.fromMilvusName(value)
        .orElseThrow(
            () ->
                SagittaException.invalidParameter(
                    "consistency level does not exist: " + CONSISTENCY_LEVEL + "=" + value));
  }

  private static void checkAllowsKeys(String value, CollectionSchema schema) {
    if (PropertyValues.flag("allow_insert_auto_id", value) && !schema.primaryKey().autoId()) {
      throw SagittaException.invalidParameter(
          "the value for allow_insert_auto_id must be false when autoID is false");
    }
  }

  private static void checkIsolation(String value, CollectionSchema schema) {
    if (PropertyValues.flag(ISOLATION, value) && schema.partitionKey().isEmpty()) {
      throw new SagittaException(
          ErrorCode.ILLEGAL_SCHEMA,
          "partition key isolation mode is enabled but no partition key field is set. Please set"
              + " the partition key first[collection="
              + schema.name()
              + "]");
    }
  }
}

package dev.sagitta.coordinator.root;

import dev.sagitta.engine.catalog.CollectionTimeZone;
import dev.sagitta.engine.catalog.DatabaseDescriptor;
import java.util.Map;

/** Rules for the properties of databases. Keys that are not known are kept and shown. */
final class DatabaseProperties {
  private static final String MAXIMUM_COLLECTIONS = "database.max.collections";

  private DatabaseProperties() {}

  /** Checks the values of known keys; code 1100 names property, value and rule. */
  static void check(Map<String, String> properties) {
    CollectionTimeZone.check(properties);
    properties.forEach(
        (key, value) -> {
          if (key.startsWith("database.force.deny.")) {
            var _ = PropertyValues.flag(key, value);
          }
          switch (key) {
            case "database.replica.number", MAXIMUM_COLLECTIONS -> {
              var _ = PropertyValues.positive(key, value);
            }
            case "database.diskQuota.mb" -> PropertyValues.number(key, value);
            default -> {}
          }
        });
  }

  /** Most collections that the database's own property allows. */
  static int maximumCollections(DatabaseDescriptor database) {
    String value = database.properties().get(MAXIMUM_COLLECTIONS);
    return value == null ? Integer.MAX_VALUE : PropertyValues.positive(MAXIMUM_COLLECTIONS, value);
  }
}

package dev.sagitta.engine.catalog;

import dev.sagitta.engine.time.TimestampText;
import java.time.ZoneId;
import java.util.Map;

/** The time zone of timestamps that are given without an offset, and of those shown. */
public final class CollectionTimeZone {
  /** Property of collections and databases: a name of the IANA database. */
  public static final String PROPERTY = "timezone";

  private CollectionTimeZone() {}

  /** The collection's time zone, UTC unless its property names another one. */
  public static ZoneId of(CollectionDescriptor collection) {
    String name = collection.properties().get(PROPERTY);
    return name == null ? TimestampText.DEFAULT_ZONE : TimestampText.zone(name);
  }

  /**
   * Checks properties that are about to be set.
   *
   * @throws dev.sagitta.engine.error.SagittaException code 1100 if they name an unknown time zone
   */
  public static void check(Map<String, String> properties) {
    String name = properties.get(PROPERTY);
    if (name != null) {
      ZoneId _ = TimestampText.zone(name);
    }
  }
}

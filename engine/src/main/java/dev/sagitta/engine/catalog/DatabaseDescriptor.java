package dev.sagitta.engine.catalog;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/** A database: a name space of collections. */
public record DatabaseDescriptor(
    long id, String name, long createdTimestamp, Map<String, String> properties) {
  public static final String DEFAULT_NAME = "default";
  public static final long DEFAULT_ID = 1;

  public DatabaseDescriptor {
    requireNonNull(name, "name is null");
    properties = Map.copyOf(requireNonNull(properties, "properties is null"));
  }
}

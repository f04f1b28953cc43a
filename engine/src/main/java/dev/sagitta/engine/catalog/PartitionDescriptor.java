package dev.sagitta.engine.catalog;

import static java.util.Objects.requireNonNull;

/** A partition of a collection. */
public record PartitionDescriptor(long id, String name, long createdTimestamp) {
  public static final String DEFAULT_NAME = "_default";

  public PartitionDescriptor {
    requireNonNull(name, "name is null");
  }
}

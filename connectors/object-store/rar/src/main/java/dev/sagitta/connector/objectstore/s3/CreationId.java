package dev.sagitta.connector.objectstore.s3;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.UUID;

/** Marks who wrote an object, so that a lost answer can be settled by looking at the object. */
record CreationId(String value) {
  private static final String METADATA_NAME = "sagitta-creation-id";

  CreationId {
    requireNonNull(value, "value is null");
  }

  static CreationId random() {
    return new CreationId(UUID.randomUUID().toString());
  }

  Map<String, String> metadata() {
    return Map.of(METADATA_NAME, value);
  }

  boolean isIn(Map<String, String> metadata) {
    return value.equals(metadata.get(METADATA_NAME));
  }
}

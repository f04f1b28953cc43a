package dev.sagitta.connector.objectstore;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** What the store knows about one object. */
public record ObjectAttributes(String key, long sizeInBytes, Instant lastModified) {
  public ObjectAttributes {
    requireNonNull(key, "key is null");
    requireNonNull(lastModified, "lastModified is null");
  }
}

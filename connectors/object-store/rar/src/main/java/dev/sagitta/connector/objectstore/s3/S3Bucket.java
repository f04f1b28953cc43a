package dev.sagitta.connector.objectstore.s3;

import static java.util.Objects.requireNonNull;

import dev.sagitta.connector.objectstore.key.ObjectKeys;
import software.amazon.awssdk.services.s3.S3Client;

/** The client with the bucket and the prefix that our keys have in it. */
record S3Bucket(S3Client client, String name, String prefix, int partSizeInBytes) {
  S3Bucket {
    requireNonNull(client, "client is null");
    requireNonNull(name, "name is null");
    requireNonNull(prefix, "prefix is null");
  }

  /** Checks the key and gives its name in the bucket. */
  String nameOf(String key) {
    return prefix + ObjectKeys.requireKey(key);
  }

  String keyOf(String nameInBucket) {
    return nameInBucket.substring(prefix.length());
  }
}

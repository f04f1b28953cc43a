package dev.sagitta.connector.objectstore.s3;

import static java.util.Objects.requireNonNull;

/** A fixed pair of keys; its text hides both. */
public record S3Credentials(String accessKey, String secretKey) {
  public S3Credentials {
    requireNonNull(accessKey, "accessKey is null");
    requireNonNull(secretKey, "secretKey is null");
    if (accessKey.isEmpty() || secretKey.isEmpty()) {
      throw new IllegalArgumentException("access key and secret key must both be given");
    }
  }

  @Override
  public String toString() {
    return "S3Credentials[hidden]";
  }
}

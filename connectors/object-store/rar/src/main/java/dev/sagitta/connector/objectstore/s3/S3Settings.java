package dev.sagitta.connector.objectstore.s3;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the bucket is and how to speak to it.
 *
 * @param endpoint empty for Amazon's endpoint of the region
 * @param prefix put before every key; empty or ending with a slash
 * @param pathStyle bucket in the path instead of the host name
 * @param credentials empty for the SDK's default chain
 * @param requestTimeout bound of one request with all its attempts
 * @param attemptTimeout bound of one attempt
 * @param maximumAttempts the first one included
 * @param partSizeInBytes larger files are written and read in parts of this size
 * @param maximumConnections of the client's HTTP pool
 */
public record S3Settings(
    Optional<URI> endpoint,
    String region,
    String bucket,
    String prefix,
    boolean pathStyle,
    Optional<S3Credentials> credentials,
    Duration requestTimeout,
    Duration attemptTimeout,
    int maximumAttempts,
    int partSizeInBytes,
    int maximumConnections) {
  /** S3 refuses smaller parts, except the last one. */
  public static final int MINIMUM_PART_SIZE_IN_BYTES = 5 << 20;

  public S3Settings {
    requireNonNull(endpoint, "endpoint is null");
    requireNonNull(region, "region is null");
    requireNonNull(bucket, "bucket is null");
    requireNonNull(prefix, "prefix is null");
    requireNonNull(credentials, "credentials is null");
    requirePositive("request-timeout", requestTimeout);
    requirePositive("attempt-timeout", attemptTimeout);
    require(!region.isEmpty(), "region is empty");
    require(!bucket.isEmpty(), "bucket is empty");
    require(maximumAttempts >= 1, "max-attempts=" + maximumAttempts + " is not positive");
    require(maximumConnections >= 1, "max-connections=" + maximumConnections + " is not positive");
    require(
        partSizeInBytes >= MINIMUM_PART_SIZE_IN_BYTES,
        "part-size=" + partSizeInBytes + " is less than " + MINIMUM_PART_SIZE_IN_BYTES);
    prefix = prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
  }

  private static void requirePositive(String name, Duration duration) {
    requireNonNull(duration, () -> name + " is null");
    require(duration.isPositive(), name + "=" + duration + " is not positive");
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}

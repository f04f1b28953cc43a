package dev.sagitta.connector.objectstore.s3;

import static java.util.Objects.requireNonNull;

import dev.sagitta.connector.objectstore.OutcomeUnknownException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * Puts. Each carries a creation id: when an answer is lost, or when the SDK's own retry finds the
 * object that its first attempt has written, reading the id back tells whose object is there.
 */
final class S3Writes {
  private final S3Bucket bucket;

  S3Writes(S3Bucket bucket) {
    this.bucket = requireNonNull(bucket, "bucket is null");
  }

  void put(String key, ByteBuffer content) {
    bucket.nameOf(key);
    putWhole("put", key, RequestBody.fromRemainingByteBuffer(content.duplicate()));
  }

  void putFile(String key, Path file) {
    bucket.nameOf(key);
    long size;
    try {
      size = Files.size(file);
    } catch (IOException e) {
      throw S3Failures.failure("putFile", key, e);
    }
    if (size <= bucket.partSizeInBytes()) {
      putWhole("putFile", key, RequestBody.fromFile(file));
      return;
    }
    CreationId creationId = CreationId.random();
    try {
      new MultipartUpload(bucket, key, creationId).write(file, size);
    } catch (SdkException e) {
      requireOurs("putFile", key, creationId, e);
    }
  }

  boolean putIfAbsent(String key, ByteBuffer content) {
    CreationId creationId = CreationId.random();
    PutObjectRequest request =
        PutObjectRequest.builder()
            .bucket(bucket.name())
            .key(bucket.nameOf(key))
            .metadata(creationId.metadata())
            .ifNoneMatch("*")
            .build();
    try {
      bucket.client().putObject(request, RequestBody.fromRemainingByteBuffer(content.duplicate()));
      return true;
    } catch (SdkException e) {
      if (S3Failures.isPreconditionFailed(e) && S3Failures.isFirstAttempt(e)) {
        return false;
      }
      if (!S3Failures.isPreconditionFailed(e) && S3Failures.isRefusal(e)) {
        throw S3Failures.failure("putIfAbsent", key, e);
      }
      // Whoever's object is there now: no other can come to be while it is.
      return creationIdMatches("putIfAbsent", key, creationId, e)
          .orElseThrow(() -> unknown("putIfAbsent", key, e));
    }
  }

  private void putWhole(String operation, String key, RequestBody body) {
    CreationId creationId = CreationId.random();
    PutObjectRequest request =
        PutObjectRequest.builder()
            .bucket(bucket.name())
            .key(bucket.nameOf(key))
            .metadata(creationId.metadata())
            .build();
    try {
      bucket.client().putObject(request, body);
    } catch (SdkException e) {
      requireOurs(operation, key, creationId, e);
    }
  }

  /** Returns if the object is ours in spite of the failure. */
  private void requireOurs(
      String operation, String key, CreationId creationId, SdkException failure) {
    if (S3Failures.isRefusal(failure)) {
      throw S3Failures.failure(operation, key, failure);
    }
    if (!creationIdMatches(operation, key, creationId, failure).orElse(false)) {
      throw unknown(operation, key, failure);
    }
  }

  /** Whether the object that is there is ours; empty if none is there. */
  private Optional<Boolean> creationIdMatches(
      String operation, String key, CreationId creationId, SdkException failure) {
    try {
      Map<String, String> metadata =
          bucket
              .client()
              .headObject(request -> request.bucket(bucket.name()).key(bucket.nameOf(key)))
              .metadata();
      return Optional.of(creationId.isIn(metadata));
    } catch (SdkException e) {
      if (S3Failures.isAbsent(e)) {
        return Optional.empty();
      }
      failure.addSuppressed(e);
      throw unknown(operation, key, failure);
    }
  }

  private static OutcomeUnknownException unknown(String operation, String key, SdkException cause) {
    return new OutcomeUnknownException(
        operation + " may have happened: key=" + key + " reason=" + cause.getMessage(), cause);
  }
}

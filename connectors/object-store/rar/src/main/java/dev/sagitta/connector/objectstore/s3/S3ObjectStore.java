package dev.sagitta.connector.objectstore.s3;

import static java.util.Objects.requireNonNull;

import dev.sagitta.connector.objectstore.ObjectAttributes;
import dev.sagitta.connector.objectstore.ObjectPage;
import dev.sagitta.connector.objectstore.ObjectStore;
import dev.sagitta.connector.objectstore.ObjectStoreException;
import dev.sagitta.connector.objectstore.key.ObjectKeys;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

/**
 * The store in a bucket. The server must honour {@code If-None-Match: *} on put; nothing else is
 * asked of it beyond plain S3. Safe for concurrent use.
 */
public final class S3ObjectStore implements ObjectStore {
  private final S3Client client;
  private final S3Bucket bucket;
  private final S3Reads reads;
  private final S3Writes writes;
  private final String description;

  /** Builds the client; nothing is asked of the server yet. */
  public S3ObjectStore(S3Settings settings) {
    requireNonNull(settings, "settings is null");
    this.client = S3Clients.create(settings);
    this.bucket =
        new S3Bucket(client, settings.bucket(), settings.prefix(), settings.partSizeInBytes());
    this.reads = new S3Reads(bucket);
    this.writes = new S3Writes(bucket);
    this.description = "S3 object store: bucket=" + bucket.name() + " prefix=" + bucket.prefix();
  }

  @Override
  public void put(String key, ByteBuffer content) {
    writes.put(key, content);
  }

  @Override
  public void putFile(String key, Path file) {
    writes.putFile(key, file);
  }

  @Override
  public boolean putIfAbsent(String key, ByteBuffer content) {
    return writes.putIfAbsent(key, content);
  }

  @Override
  public byte[] get(String key) {
    return reads.get(key);
  }

  @Override
  public byte[] getRange(String key, long offset, int length) {
    ObjectKeys.requireRange(offset, length);
    return reads.getRange(key, offset, length);
  }

  @Override
  public InputStream open(String key) {
    return reads.open(key);
  }

  @Override
  public void getToFile(String key, Path file) {
    reads.getToFile(key, file);
  }

  @Override
  public Optional<ObjectAttributes> head(String key) {
    return reads.head(key);
  }

  @Override
  public ObjectPage list(String prefix, Optional<String> startAfter, int limit) {
    ObjectKeys.requirePrefix(prefix);
    ObjectKeys.requirePageSize(limit);
    ListObjectsV2Request.Builder request =
        ListObjectsV2Request.builder()
            .bucket(bucket.name())
            .prefix(bucket.prefix() + prefix)
            .maxKeys(limit);
    startAfter.map(bucket::nameOf).ifPresent(request::startAfter);
    try {
      ListObjectsV2Response response = client.listObjectsV2(request.build());
      while (response.contents().isEmpty() && response.isTruncated()) {
        request.continuationToken(response.nextContinuationToken());
        response = client.listObjectsV2(request.build());
      }
      List<ObjectAttributes> objects =
          response.contents().stream()
              .map(
                  object ->
                      new ObjectAttributes(
                          bucket.keyOf(object.key()), object.size(), object.lastModified()))
              .toList();
      return new ObjectPage(objects, response.isTruncated());
    } catch (SdkException e) {
      throw S3Failures.failure("list", prefix, e);
    }
  }

  @Override
  public void delete(String key) {
    String nameInBucket = bucket.nameOf(key);
    try {
      client.deleteObject(request -> request.bucket(bucket.name()).key(nameInBucket));
    } catch (SdkException e) {
      if (!S3Failures.isAbsent(e)) {
        throw S3Failures.failure("delete", key, e);
      }
    }
  }

  @Override
  public void deleteAll(Collection<String> keys) {
    List<String> names = new ArrayList<>(keys.size());
    keys.forEach(key -> names.add(bucket.nameOf(key)));
    for (int from = 0; from < names.size(); from += ObjectKeys.MAXIMUM_PAGE_SIZE) {
      int to = Math.min(names.size(), from + ObjectKeys.MAXIMUM_PAGE_SIZE);
      deleteBatch(names.subList(from, to));
    }
  }

  private void deleteBatch(List<String> names) {
    List<ObjectIdentifier> objects =
        names.stream().map(name -> ObjectIdentifier.builder().key(name).build()).toList();
    try {
      DeleteObjectsResponse response =
          client.deleteObjects(
              request ->
                  request
                      .bucket(bucket.name())
                      .delete(delete -> delete.objects(objects).quiet(true)));
      if (!response.errors().isEmpty()) {
        S3Error error = response.errors().getFirst();
        throw new ObjectStoreException(
            "deleteAll failed: objects=%d key=%s reason=%s %s"
                .formatted(
                    response.errors().size(),
                    bucket.keyOf(error.key()),
                    error.code(),
                    error.message()));
      }
    } catch (SdkException e) {
      throw S3Failures.failure("deleteAll", bucket.keyOf(names.getFirst()), e);
    }
  }

  @Override
  public Optional<Path> localFile(String key) {
    bucket.nameOf(key);
    return Optional.empty();
  }

  /** Ends the client's connections; nothing works afterwards. */
  @Override
  public void close() {
    client.close();
  }

  @Override
  public String toString() {
    return description;
  }
}

package dev.sagitta.connector.objectstore.s3;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.util.Objects.requireNonNull;

import dev.sagitta.connector.objectstore.ObjectAttributes;
import dev.sagitta.connector.objectstore.ObjectNotFoundException;
import dev.sagitta.connector.objectstore.ObjectStoreException;
import dev.sagitta.connector.objectstore.download.CompleteFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Reads of objects, whole and in part. */
final class S3Reads {
  private static final byte[] NOTHING = new byte[0];

  private final S3Bucket bucket;

  S3Reads(S3Bucket bucket) {
    this.bucket = requireNonNull(bucket, "bucket is null");
  }

  byte[] get(String key) {
    GetObjectRequest request = request(key).build();
    try {
      return bucket.client().getObjectAsBytes(request).asByteArrayUnsafe();
    } catch (SdkException e) {
      throw S3Failures.readFailure("get", key, e);
    }
  }

  byte[] getRange(String key, long offset, int length) {
    if (length == 0) {
      if (head(key).isEmpty()) {
        throw new ObjectNotFoundException(key);
      }
      return NOTHING;
    }
    long last = length > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + length - 1;
    GetObjectRequest request = request(key).range("bytes=" + offset + "-" + last).build();
    try {
      byte[] bytes = bucket.client().getObjectAsBytes(request).asByteArrayUnsafe();
      if (bytes.length > length) {
        throw new ObjectStoreException("server ignores ranges: key=" + key);
      }
      return bytes;
    } catch (SdkException e) {
      if (S3Failures.isRangeBehindEnd(e)) {
        return NOTHING;
      }
      throw S3Failures.readFailure("getRange", key, e);
    }
  }

  InputStream open(String key) {
    GetObjectRequest request = request(key).build();
    try {
      return new AbortingInputStream(bucket.client().getObject(request));
    } catch (SdkException e) {
      throw S3Failures.readFailure("open", key, e);
    }
  }

  /** Reads part after part, so that each is bounded in time and repeated alone when it fails. */
  void getToFile(String key, Path file) {
    long size = head(key).orElseThrow(() -> new ObjectNotFoundException(key)).sizeInBytes();
    try {
      CompleteFile.write(file, partial -> copyParts(key, size, partial));
    } catch (IOException e) {
      throw S3Failures.failure("getToFile", key, e);
    }
  }

  private void copyParts(String key, long size, Path partial) throws IOException {
    try (FileChannel channel = FileChannel.open(partial, CREATE_NEW, WRITE)) {
      long offset = 0;
      while (offset < size) {
        int length = (int) Math.min(bucket.partSizeInBytes(), size - offset);
        byte[] part = getRange(key, offset, length);
        if (part.length != length) {
          throw new IOException("short answer: offset=" + offset + " length=" + part.length);
        }
        ByteBuffer remaining = ByteBuffer.wrap(part);
        while (remaining.hasRemaining()) {
          channel.write(remaining);
        }
        offset += length;
      }
    }
  }

  Optional<ObjectAttributes> head(String key) {
    String nameInBucket = bucket.nameOf(key);
    try {
      HeadObjectResponse response =
          bucket.client().headObject(head -> head.bucket(bucket.name()).key(nameInBucket));
      return Optional.of(
          new ObjectAttributes(key, response.contentLength(), response.lastModified()));
    } catch (SdkException e) {
      if (S3Failures.isAbsent(e)) {
        return Optional.empty();
      }
      throw S3Failures.failure("head", key, e);
    }
  }

  private GetObjectRequest.Builder request(String key) {
    return GetObjectRequest.builder().bucket(bucket.name()).key(bucket.nameOf(key));
  }
}

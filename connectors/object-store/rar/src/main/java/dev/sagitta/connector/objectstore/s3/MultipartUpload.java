package dev.sagitta.connector.objectstore.s3;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** Writes one large file in parts; a failed upload is aborted, so that no parts stay behind. */
final class MultipartUpload {
  private static final System.Logger LOGGER = System.getLogger(MultipartUpload.class.getName());

  /** S3 takes no more parts. */
  private static final int MAXIMUM_PARTS = 10_000;

  private static final String CONTENT_TYPE = "application/octet-stream";

  private final S3Bucket bucket;
  private final String key;
  private final CreationId creationId;

  MultipartUpload(S3Bucket bucket, String key, CreationId creationId) {
    this.bucket = requireNonNull(bucket, "bucket is null");
    this.key = requireNonNull(key, "key is null");
    this.creationId = requireNonNull(creationId, "creationId is null");
  }

  /**
   * @throws SdkException if the upload failed, or if it is not known whether it was completed
   */
  void write(Path file, long size) {
    String uploadId =
        bucket
            .client()
            .createMultipartUpload(
                request ->
                    request
                        .bucket(bucket.name())
                        .key(bucket.nameOf(key))
                        .metadata(creationId.metadata()))
            .uploadId();
    try {
      List<CompletedPart> parts = uploadParts(uploadId, file, size);
      bucket
          .client()
          .completeMultipartUpload(
              request ->
                  request
                      .bucket(bucket.name())
                      .key(bucket.nameOf(key))
                      .uploadId(uploadId)
                      .multipartUpload(upload -> upload.parts(parts)));
    } catch (RuntimeException e) {
      abort(uploadId);
      throw e;
    }
  }

  private List<CompletedPart> uploadParts(String uploadId, Path file, long size) {
    long partSize = Math.max(bucket.partSizeInBytes(), Math.ceilDiv(size, MAXIMUM_PARTS));
    List<CompletedPart> parts = new ArrayList<>();
    for (long offset = 0; offset < size; offset += partSize) {
      int number = parts.size() + 1;
      long partOffset = offset;
      long length = Math.min(partSize, size - offset);
      RequestBody body =
          RequestBody.fromContentProvider(
              () -> streamFrom(file, partOffset, length), length, CONTENT_TYPE);
      String etag =
          bucket
              .client()
              .uploadPart(
                  request ->
                      request
                          .bucket(bucket.name())
                          .key(bucket.nameOf(key))
                          .uploadId(uploadId)
                          .partNumber(number),
                  body)
              .eTag();
      parts.add(CompletedPart.builder().partNumber(number).eTag(etag).build());
    }
    return parts;
  }

  /** A new stream for each attempt; the SDK closes it. */
  private static InputStream streamFrom(Path file, long offset, long length) {
    try {
      FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
      channel.position(offset);
      return new BoundedInputStream(Channels.newInputStream(channel), length);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read file=" + file, e);
    }
  }

  private void abort(String uploadId) {
    try {
      bucket
          .client()
          .abortMultipartUpload(
              request -> request.bucket(bucket.name()).key(bucket.nameOf(key)).uploadId(uploadId));
    } catch (SdkException e) {
      LOGGER.log(
          Level.WARNING, "multipart upload not aborted: key=" + key + " reason=" + e.getMessage());
    }
  }
}

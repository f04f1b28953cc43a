package dev.sagitta.connector.objectstore;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;

/**
 * A connection to the store of immutable objects: a local directory or an S3 bucket.
 *
 * <p>Keys are non-empty relative paths of at most {@value #MAXIMUM_KEY_BYTES} UTF-8 bytes, made of
 * letters, digits and {@code / . _ - $}, with no empty, {@code .} or {@code ..} part. Objects are
 * never changed: whoever writes a key twice writes the same bytes, or uses {@link #putIfAbsent}.
 *
 * <p>A put is atomic and durable: a reader sees the whole object or none, and an object that was
 * acknowledged survives a crash of the machine (local: data and directory are synced). A put that
 * fails leaves no visible object, unless it throws {@link OutcomeUnknownException}, which says that
 * the object may have been written.
 *
 * <p>Every call is bounded by the configured timeouts and retried by one layer only (S3: the
 * SDK's). Failures are {@link ObjectStoreException}; an absent object is {@link
 * ObjectNotFoundException}. Connections are not safe for concurrent use: take one per thread of
 * work and close it.
 */
public interface ObjectStore extends AutoCloseable {
  int MAXIMUM_KEY_BYTES = 900;

  /** Writes the object, replacing one of the same key. */
  void put(String key, ByteBuffer content);

  /** Writes the file's bytes as an object, streaming; S3 uses parts above the part size. */
  void putFile(String key, Path file);

  /**
   * Writes the object unless the key exists. Of concurrent writers exactly one gets true.
   *
   * @return whether this call created the object; false when it existed before
   * @throws OutcomeUnknownException if the object may have been created by this call: read it back
   */
  boolean putIfAbsent(String key, ByteBuffer content);

  /** The whole object. */
  byte[] get(String key);

  /** {@code length} bytes from {@code offset} on; fewer only if the object ends before. */
  byte[] getRange(String key, long offset, int length);

  /** A stream of the whole object, to be closed by the caller. */
  InputStream open(String key);

  /** Copies the object into a file that must not exist; the file is complete or absent. */
  void getToFile(String key, Path file);

  /** Size and time of the object, or empty. */
  Optional<ObjectAttributes> head(String key);

  /**
   * One page of the keys that begin with the prefix, in the order of their UTF-8 bytes.
   *
   * @param startAfter only keys after this one; empty for the first page
   * @param limit at most this many keys, 1 to 1000
   */
  ObjectPage list(String prefix, Optional<String> startAfter, int limit);

  /** Removes the object; no error when absent. */
  void delete(String key);

  /** Removes the objects; not atomic; absent ones are no error. */
  void deleteAll(Collection<String> keys);

  /**
   * A file of this machine that holds the object, to be mapped in place, if the store is local. The
   * file is never changed; it may be deleted with the object.
   */
  Optional<Path> localFile(String key);

  @Override
  void close();
}

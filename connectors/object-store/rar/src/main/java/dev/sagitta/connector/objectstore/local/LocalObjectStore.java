package dev.sagitta.connector.objectstore.local;

import static java.nio.file.StandardOpenOption.READ;
import static java.util.Objects.requireNonNull;

import dev.sagitta.connector.objectstore.ObjectAttributes;
import dev.sagitta.connector.objectstore.ObjectNotFoundException;
import dev.sagitta.connector.objectstore.ObjectPage;
import dev.sagitta.connector.objectstore.ObjectStore;
import dev.sagitta.connector.objectstore.ObjectStoreException;
import dev.sagitta.connector.objectstore.download.CompleteFile;
import dev.sagitta.connector.objectstore.key.ObjectKeys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * The store in a local directory: the object of key {@code a/b} is the file {@code a/b}. Several
 * processes may share the directory. Safe for concurrent use.
 *
 * <p>A key can not be a part of another key's path: with {@code a/b} there is no object {@code a}.
 */
public final class LocalObjectStore implements ObjectStore {
  private final Path root;
  private final TemporaryFiles temporaryFiles;
  private final Publisher publisher;

  /**
   * Opens the directory, making it when it is absent, and removes stale temporary files.
   *
   * @throws ObjectStoreException if the directory cannot be written
   */
  public LocalObjectStore(Path directory) {
    this.root = requireNonNull(directory, "directory is null").toAbsolutePath().normalize();
    try {
      Files.createDirectories(root);
      this.temporaryFiles = new TemporaryFiles(root);
      temporaryFiles.deleteStale(Instant.now());
    } catch (IOException e) {
      throw new ObjectStoreException("cannot open object store: directory=" + root, e);
    }
    this.publisher = new Publisher(root);
  }

  @Override
  public void put(String key, ByteBuffer content) {
    publish("put", key, () -> temporaryFiles.write(content));
  }

  @Override
  public void putFile(String key, Path file) {
    publish("putFile", key, () -> temporaryFiles.copy(file));
  }

  private void publish(String operation, String key, TemporaryContent content) {
    Path target = fileOf(key);
    try {
      Path temporary = content.write();
      try {
        publisher.publish(key, temporary, target);
      } catch (IOException | RuntimeException e) {
        TemporaryFiles.deleteQuietly(temporary);
        throw e;
      }
    } catch (IOException e) {
      throw failure(operation, key, e);
    }
  }

  @Override
  public boolean putIfAbsent(String key, ByteBuffer content) {
    Path target = fileOf(key);
    if (Files.isRegularFile(target)) {
      publisher.confirm(key, target);
      return false;
    }
    try {
      Path temporary = temporaryFiles.write(content);
      try {
        return publisher.publishIfAbsent(key, temporary, target);
      } finally {
        TemporaryFiles.deleteQuietly(temporary);
      }
    } catch (IOException e) {
      throw failure("putIfAbsent", key, e);
    }
  }

  @Override
  public byte[] get(String key) {
    Path file = fileOf(key);
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw readFailure("get", key, file, e);
    }
  }

  @Override
  public byte[] getRange(String key, long offset, int length) {
    ObjectKeys.requireRange(offset, length);
    Path file = fileOf(key);
    try (FileChannel channel = FileChannel.open(file, READ)) {
      long available = Math.max(0, channel.size() - offset);
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(length, available));
      while (bytes.hasRemaining()) {
        if (channel.read(bytes, offset + bytes.position()) < 0) {
          throw new IOException("file shrank while it was read: " + file);
        }
      }
      return bytes.array();
    } catch (IOException e) {
      throw readFailure("getRange", key, file, e);
    }
  }

  @Override
  public InputStream open(String key) {
    Path file = fileOf(key);
    if (Files.isDirectory(file)) {
      throw new ObjectNotFoundException(key);
    }
    try {
      return Files.newInputStream(file);
    } catch (IOException e) {
      throw readFailure("open", key, file, e);
    }
  }

  @Override
  public void getToFile(String key, Path file) {
    Path source = fileOf(key);
    if (Files.isDirectory(source)) {
      throw new ObjectNotFoundException(key);
    }
    try {
      CompleteFile.write(file, partial -> Files.copy(source, partial));
    } catch (IOException e) {
      throw readFailure("getToFile", key, source, e);
    }
  }

  @Override
  public Optional<ObjectAttributes> head(String key) {
    Path file = fileOf(key);
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        return Optional.empty();
      }
      Instant lastModified = attributes.lastModifiedTime().toInstant();
      return Optional.of(new ObjectAttributes(key, attributes.size(), lastModified));
    } catch (IOException e) {
      if (isAbsent(file)) {
        return Optional.empty();
      }
      throw failure("head", key, e);
    }
  }

  @Override
  public ObjectPage list(String prefix, Optional<String> startAfter, int limit) {
    ObjectKeys.requirePrefix(prefix);
    startAfter.ifPresent(ObjectKeys::requireKey);
    ObjectKeys.requirePageSize(limit);
    try {
      return new LocalListing(root, prefix, startAfter.orElse(""), limit).page();
    } catch (IOException e) {
      throw failure("list", prefix, e);
    }
  }

  @Override
  public void delete(String key) {
    Path file = fileOf(key);
    if (Files.isDirectory(file)) {
      return;
    }
    try {
      Files.deleteIfExists(file);
      deleteEmptyParents(file);
    } catch (IOException e) {
      if (!isAbsent(file)) {
        throw failure("delete", key, e);
      }
    }
  }

  @Override
  public void deleteAll(Collection<String> keys) {
    keys.forEach(ObjectKeys::requireKey);
    keys.forEach(this::delete);
  }

  @Override
  public Optional<Path> localFile(String key) {
    Path file = fileOf(key);
    return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
  }

  /** Nothing is held open between calls. */
  @Override
  public void close() {}

  @Override
  public String toString() {
    return "local object store: directory=" + root;
  }

  private Path fileOf(String key) {
    return root.resolve(ObjectKeys.requireKey(key));
  }

  /** A directory that others write to stays: it is not empty. */
  private void deleteEmptyParents(Path file) throws IOException {
    for (Path parent = file.getParent(); !parent.equals(root); parent = parent.getParent()) {
      try {
        Files.deleteIfExists(parent);
      } catch (DirectoryNotEmptyException e) {
        return;
      }
    }
  }

  /** Whether no object can be there: nothing is, or a directory, or a parent is an object. */
  private boolean isAbsent(Path file) {
    if (Files.isDirectory(file) || Files.notExists(file)) {
      return true;
    }
    for (Path parent = file.getParent(); !parent.equals(root); parent = parent.getParent()) {
      if (Files.isRegularFile(parent)) {
        return true;
      }
    }
    return false;
  }

  private ObjectStoreException readFailure(
      String operation, String key, Path file, IOException cause) {
    return isAbsent(file) ? new ObjectNotFoundException(key) : failure(operation, key, cause);
  }

  private static ObjectStoreException failure(String operation, String key, IOException cause) {
    return new ObjectStoreException(operation + " failed: key=" + key, cause);
  }

  @FunctionalInterface
  private interface TemporaryContent {
    Path write() throws IOException;
  }
}

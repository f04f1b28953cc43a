package dev.sagitta.connector.objectstore.local;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Files that are written and synced before they are published under their key. They lie in a
 * directory of the same file system whose name no key can have.
 */
final class TemporaryFiles {
  /** No key may contain a tilde. */
  static final String DIRECTORY_NAME = "~temporary";

  /** Other processes may share the directory: only what no living write can own is stale. */
  static final Duration STALE_AGE = Duration.ofHours(1);

  private static final System.Logger LOGGER = System.getLogger(TemporaryFiles.class.getName());

  private final Path directory;

  TemporaryFiles(Path root) throws IOException {
    this.directory = requireNonNull(root, "root is null").resolve(DIRECTORY_NAME);
    Files.createDirectories(directory);
  }

  /** Writes the content to a new file and syncs it. */
  Path write(ByteBuffer content) throws IOException {
    Path file = newPath();
    try (FileChannel channel = FileChannel.open(file, CREATE_NEW, WRITE)) {
      ByteBuffer remaining = content.duplicate();
      while (remaining.hasRemaining()) {
        channel.write(remaining);
      }
      channel.force(true);
    } catch (IOException | RuntimeException e) {
      deleteQuietly(file);
      throw e;
    }
    return file;
  }

  /** Copies the source to a new file and syncs it. */
  Path copy(Path source) throws IOException {
    Path file = newPath();
    try (FileChannel from = FileChannel.open(source, READ);
        FileChannel to = FileChannel.open(file, CREATE_NEW, WRITE)) {
      long size = from.size();
      long position = 0;
      while (position < size) {
        long copied = from.transferTo(position, size - position, to);
        if (copied <= 0) {
          throw new IOException("file shrank while it was read: " + source);
        }
        position += copied;
      }
      to.force(true);
    } catch (IOException | RuntimeException e) {
      deleteQuietly(file);
      throw e;
    }
    return file;
  }

  /** Removes what crashed processes left behind. */
  void deleteStale(Instant now) throws IOException {
    Instant limit = now.minus(STALE_AGE);
    int deleted = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        try {
          if (Files.getLastModifiedTime(file).toInstant().isBefore(limit)) {
            Files.delete(file);
            deleted++;
          }
        } catch (NoSuchFileException e) {
          // another process was faster
        }
      }
    }
    if (deleted > 0) {
      LOGGER.log(
          Level.INFO, "deleted stale temporary files: directory={0} files={1}", directory, deleted);
    }
  }

  /** A temporary file that stays does no harm: it is removed as stale one day. */
  static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOGGER.log(Level.WARNING, "temporary file not deleted: file=" + file, e);
    }
  }

  private Path newPath() {
    return directory.resolve(UUID.randomUUID().toString());
  }
}

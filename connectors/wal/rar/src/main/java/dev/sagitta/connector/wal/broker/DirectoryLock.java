package dev.sagitta.connector.wal.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sagitta.connector.wal.WalException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Keeps a log directory to one broker. The operating system drops the lock when the process dies; a
 * file beside it names the holder, for the message that the next one gets.
 */
final class DirectoryLock implements AutoCloseable {
  private static final String LOCK_FILE = "sagitta-wal.lock";
  private static final String OWNER_FILE = "sagitta-wal.owner";

  private final FileChannel channel;
  private final Path ownerFile;

  private DirectoryLock(FileChannel channel, Path ownerFile) {
    this.channel = channel;
    this.ownerFile = ownerFile;
  }

  /**
   * @throws WalException if another broker holds the directory; the message says which process
   */
  static DirectoryLock acquire(Path directory) {
    Path ownerFile = directory.resolve(OWNER_FILE);
    FileChannel channel = null;
    try {
      Files.createDirectories(directory);
      channel =
          FileChannel.open(
              directory.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel).isEmpty()) {
        channel.close();
        throw new WalException(
            "the log directory is used by another broker: directory="
                + directory
                + ", "
                + readOwner(ownerFile));
      }
      Files.writeString(ownerFile, "process=" + ProcessHandle.current().pid(), UTF_8);
      return new DirectoryLock(channel, ownerFile);
    } catch (IOException e) {
      closeQuietly(channel, e);
      throw new WalException("cannot lock the log directory: directory=" + directory, e);
    }
  }

  private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException e) {
      return Optional.empty(); // held by this process
    }
  }

  private static String readOwner(Path ownerFile) {
    try {
      return Files.readString(ownerFile, UTF_8);
    } catch (IOException e) {
      return "process=unknown";
    }
  }

  private static void closeQuietly(FileChannel channel, IOException cause) {
    if (channel == null) {
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(ownerFile);
      channel.close();
    } catch (IOException e) {
      throw new WalException("cannot release the log directory: file=" + ownerFile, e);
    }
  }
}

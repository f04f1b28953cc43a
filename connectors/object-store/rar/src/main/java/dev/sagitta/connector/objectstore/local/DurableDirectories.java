package dev.sagitta.connector.objectstore.local;

import static java.nio.file.StandardOpenOption.READ;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes a published name durable: syncs its directory and those parents whose own names are not yet
 * known to be on disk.
 *
 * <p>A directory is remembered with its file key and creation time, because a deletion may remove
 * an emptied directory and another process may make it anew: then it is another directory, whose
 * name must be synced again. Call only after publishing: a directory that is not empty can not
 * disappear meanwhile.
 */
final class DurableDirectories {
  private static final int MAXIMUM_REMEMBERED = 10_000;

  private final Path root;
  private final Map<Path, Identity> durable = new ConcurrentHashMap<>();

  DurableDirectories(Path root) {
    this.root = requireNonNull(root, "root is null");
  }

  /** Syncs the directory's entries, and the names of its parents up to the root. */
  void sync(Path directory) throws IOException {
    force(directory);
    if (!directory.equals(root)) {
      syncName(directory);
    }
  }

  private void syncName(Path directory) throws IOException {
    Identity identity = identityOf(directory);
    if (identity.equals(durable.get(directory))) {
      return; // and then its parents are durable too: they have not been empty since
    }
    sync(directory.getParent());
    if (durable.size() >= MAXIMUM_REMEMBERED) {
      durable.clear();
    }
    durable.put(directory, identity);
  }

  private static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, READ)) {
      channel.force(true);
    }
  }

  private static Identity identityOf(Path directory) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(directory, BasicFileAttributes.class);
    return new Identity(String.valueOf(attributes.fileKey()), attributes.creationTime());
  }

  private record Identity(String fileKey, FileTime created) {}
}

package dev.sagitta.connector.objectstore.local;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.util.Objects.requireNonNull;

import dev.sagitta.connector.objectstore.ObjectStoreException;
import dev.sagitta.connector.objectstore.OutcomeUnknownException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Gives synced temporary files their final names, durably. */
final class Publisher {
  /** A deletion may remove an emptied directory between its making and its use. */
  private static final int MAXIMUM_ATTEMPTS = 100;

  private final DurableDirectories directories;

  Publisher(Path root) {
    this.directories = new DurableDirectories(requireNonNull(root, "root is null"));
  }

  /** Renames the file to the target, replacing what is there. */
  void publish(String key, Path temporary, Path target) throws IOException {
    inDirectoryOf(target, () -> Files.move(temporary, target, ATOMIC_MOVE));
    confirm(key, target);
  }

  /** Links the file to the target unless that exists; the temporary name stays. */
  boolean publishIfAbsent(String key, Path temporary, Path target) throws IOException {
    boolean created;
    try {
      inDirectoryOf(target, () -> Files.createLink(target, temporary));
      created = true;
    } catch (FileAlreadyExistsException e) {
      if (Files.isDirectory(target)) {
        throw e; // there are objects below this key
      }
      created = false;
    }
    confirm(key, target);
    return created;
  }

  /** Makes the name durable, also one that another process has just given. */
  void confirm(String key, Path target) {
    try {
      directories.sync(target.getParent());
    } catch (NoSuchFileException e) {
      return; // deleted since, with its directory
    } catch (IOException e) {
      throw new OutcomeUnknownException("object written but not synced: key=" + key, e);
    }
  }

  private static void inDirectoryOf(Path target, Naming naming) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        createDirectories(target.getParent());
        naming.run();
        return;
      } catch (NoSuchFileException e) {
        if (attempt == MAXIMUM_ATTEMPTS) {
          throw new ObjectStoreException("directory keeps disappearing: file=" + target, e);
        }
      }
    }
  }

  /**
   * @throws NoSuchFileException if a directory vanished meanwhile: try again
   */
  private static void createDirectories(Path directory) throws IOException {
    try {
      Files.createDirectories(directory);
    } catch (FileAlreadyExistsException e) {
      // It was there when it was to be made, and not when it was looked at.
      if (Files.isRegularFile(Path.of(e.getFile()))) {
        throw new NotDirectoryException(e.getFile());
      }
      throw new NoSuchFileException(e.getFile());
    }
  }

  @FunctionalInterface
  private interface Naming {
    void run() throws IOException;
  }
}

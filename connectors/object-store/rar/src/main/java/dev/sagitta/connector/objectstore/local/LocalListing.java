package dev.sagitta.connector.objectstore.local;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.util.Objects.requireNonNull;

import dev.sagitta.connector.objectstore.ObjectAttributes;
import dev.sagitta.connector.objectstore.ObjectPage;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One page of the keys below a directory in the order of their bytes: a depth-first walk that
 * visits only subtrees which can hold keys of the page. Children are ordered with a slash behind
 * the names of directories, because {@code a-b} comes before {@code a/b}.
 */
final class LocalListing {
  private final Path root;
  private final String prefix;
  private final String startAfter;
  private final int limit;
  private final List<ObjectAttributes> found = new ArrayList<>();
  private boolean more;

  /**
   * @param startAfter empty for the first page
   */
  LocalListing(Path root, String prefix, String startAfter, int limit) {
    this.root = requireNonNull(root, "root is null");
    this.prefix = requireNonNull(prefix, "prefix is null");
    this.startAfter = requireNonNull(startAfter, "startAfter is null");
    this.limit = limit;
  }

  ObjectPage page() throws IOException {
    String parent = prefix.substring(0, prefix.lastIndexOf('/') + 1);
    walk(root.resolve(parent), parent);
    return new ObjectPage(found, more);
  }

  private void walk(Path directory, String directoryKey) throws IOException {
    for (Child child : childrenOf(directory, directoryKey)) {
      if (more) {
        return;
      }
      if (child.isDirectory()) {
        walk(child.path(), child.key());
      } else if (found.size() == limit) {
        more = true;
      } else {
        found.add(child.toObject());
      }
    }
  }

  private List<Child> childrenOf(Path directory, String directoryKey) throws IOException {
    List<Child> children = new ArrayList<>();
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory)) {
      for (Path path : paths) {
        String key = directoryKey + path.getFileName();
        if (key.equals(TemporaryFiles.DIRECTORY_NAME) || !mayHoldKeysOfPage(key)) {
          continue;
        }
        try {
          BasicFileAttributes attributes =
              Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS);
          children.add(new Child(attributes.isDirectory() ? key + "/" : key, path, attributes));
        } catch (NoSuchFileException e) {
          // deleted meanwhile
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of(); // no such keys, or deleted meanwhile
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    children.removeIf(child -> !child.isWanted(prefix, startAfter));
    children.sort(Comparator.comparing(Child::key));
    return children;
  }

  /** Spares the look at a file's attributes; directories are judged again with their slash. */
  private boolean mayHoldKeysOfPage(String key) {
    boolean matches = key.startsWith(prefix) || prefix.startsWith(key);
    return matches && (key.compareTo(startAfter) > 0 || startAfter.startsWith(key));
  }

  private record Child(String key, Path path, BasicFileAttributes attributes) {
    boolean isDirectory() {
      return attributes.isDirectory();
    }

    boolean isWanted(String prefix, String startAfter) {
      if (!isDirectory()) {
        return attributes.isRegularFile()
            && key.startsWith(prefix)
            && key.compareTo(startAfter) > 0;
      }
      boolean matches = key.startsWith(prefix) || prefix.startsWith(key);
      return matches && (key.compareTo(startAfter) > 0 || startAfter.startsWith(key));
    }

    ObjectAttributes toObject() {
      return new ObjectAttributes(
          key, attributes.size(), attributes.lastModifiedTime().toInstant());
    }
  }
}

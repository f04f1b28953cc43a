package dev.sagitta.connector.objectstore.download;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Writes a file that is complete or absent: under another name beside it, then renamed. */
public final class CompleteFile {
  private static final System.Logger LOGGER = System.getLogger(CompleteFile.class.getName());

  private CompleteFile() {}

  /** Creates the partial file and writes its content; not synced to disk. */
  @FunctionalInterface
  public interface Content {
    void writeTo(Path partial) throws IOException;
  }

  /**
   * @throws FileAlreadyExistsException if the file exists
   */
  public static void write(Path file, Content content) throws IOException {
    if (Files.exists(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    Path partial = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".partial");
    try {
      content.writeTo(partial);
      Files.move(partial, file);
    } catch (IOException | RuntimeException e) {
      deleteQuietly(partial);
      throw e;
    }
  }

  private static void deleteQuietly(Path partial) {
    try {
      Files.deleteIfExists(partial);
    } catch (IOException e) {
      LOGGER.log(Level.WARNING, "partial file not deleted: file=" + partial, e);
    }
  }
}

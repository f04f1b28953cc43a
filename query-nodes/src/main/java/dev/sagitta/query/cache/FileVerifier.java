package dev.sagitta.query.cache;

import java.io.IOException;
import java.nio.file.Path;

/** Checks a downloaded file by its checksums. */
@FunctionalInterface
public interface FileVerifier {
  /** Accepts every file. */
  FileVerifier NONE = (key, file) -> {};

  /**
   * @throws dev.sagitta.engine.storage.UnusableFileException if the file is damaged
   */
  void verify(String key, Path file) throws IOException;
}

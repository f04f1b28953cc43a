package dev.sagitta.embedding.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * ONNX Runtime's native library. A JVM loads a library file for one class loader only, and an
 * application that is deployed again has a new one: so each loads a copy of its own, whose name is
 * removed at once where the system lets it.
 */
final class NativeRuntime {
  private static final Logger LOG = System.getLogger(NativeRuntime.class.getName());
  private static final String PATH_PROPERTY = "onnxruntime.native.path";
  private static final String LIBRARIES = "classes/ai/onnxruntime/native";

  private NativeRuntime() {}

  /**
   * Loads the library from the folder beside the application; without such a folder the runtime
   * looks into its own jar.
   *
   * @throws IOException if it cannot be copied
   * @throws OrtException if the runtime cannot be set up
   * @throws LinkageError if the system cannot load it
   */
  static synchronized OrtEnvironment load(Path directory) throws IOException, OrtException {
    Path libraries = directory.resolve(LIBRARIES);
    if (System.getProperty(PATH_PROPERTY) != null || !Files.isDirectory(libraries)) {
      return environment();
    }
    Path copy = Files.createTempDirectory("sagitta-onnxruntime");
    try {
      for (Path library : filesBelow(libraries)) {
        Files.copy(library, copy.resolve(library.getFileName()));
      }
      System.setProperty(PATH_PROPERTY, copy.toString());
      return environment();
    } finally {
      System.clearProperty(PATH_PROPERTY);
      remove(copy);
    }
  }

  private static OrtEnvironment environment() throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment("sagitta");
    // Events for the system's own tracing on Windows; elsewhere the library has none.
    environment.setTelemetry(false);
    return environment;
  }

  private static List<Path> filesBelow(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static void remove(Path folder) {
    try {
      for (Path file : filesBelow(folder)) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      LOG.log(Level.INFO, "a loaded library stays until it is removed: folder=" + folder);
    }
  }
}

package dev.sagitta.embedding.onnx;

import java.nio.file.Path;

/** Where the build puts the models for tests. */
final class ModelFiles {
  static final Path DIRECTORY = Path.of("target", "embedding");

  private ModelFiles() {}
}

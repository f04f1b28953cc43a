package dev.sagitta.embedding.onnx;

import static java.util.Objects.requireNonNull;

import dev.sagitta.embedding.local.LocalModelDescription;
import java.util.List;
import java.util.Optional;

/**
 * A model that lies beside the application.
 *
 * @param fileStem of its files: {@code <stem>.onnx} and {@code <stem>-tokenizer.json}
 */
record SentenceModel(LocalModelDescription description, String fileStem) {
  /** The models of the package, the default first; the second has 8-bit weights. */
  static final List<SentenceModel> ALL =
      List.of(
          new SentenceModel(
              new LocalModelDescription("all-MiniLM-L6-v2", 384, 256), "all-minilm-l6-v2"),
          new SentenceModel(
              new LocalModelDescription("all-MiniLM-L6-v2-q", 384, 256), "all-minilm-l6-v2-q"));

  SentenceModel {
    requireNonNull(description, "description is null");
    requireNonNull(fileStem, "fileStem is null");
  }

  static Optional<SentenceModel> named(String name) {
    return ALL.stream().filter(model -> model.description().name().equals(name)).findFirst();
  }
}

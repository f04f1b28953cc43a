package dev.sagitta.embedding.local;

import static java.util.Objects.requireNonNull;

/**
 * What is known of a model before it is loaded.
 *
 * @param name what a function's {@code model_name} says
 * @param dimension elements of a vector
 * @param maximumTokens tokens of a text that the model sees
 */
public record LocalModelDescription(String name, int dimension, int maximumTokens) {
  public LocalModelDescription {
    requireNonNull(name, "name is null");
    if (dimension < 1 || maximumTokens < 2) {
      throw new IllegalArgumentException(
          "bad model: name=" + name + " dimension=" + dimension + " tokens=" + maximumTokens);
    }
  }
}

package dev.sagitta.engine.filter.syntax;

import static java.util.Objects.requireNonNull;

/** One step of {@code name["key"][3]}. */
public sealed interface PathStep {

  /** {@code ["key"]}. */
  record Key(String key) implements PathStep {
    public Key {
      requireNonNull(key, "key is null");
    }
  }

  /** {@code [3]}, counted from zero. */
  record Index(int index) implements PathStep {
    public Index {
      if (index < 0) {
        throw new IllegalArgumentException("index is negative: index=" + index);
      }
    }
  }
}

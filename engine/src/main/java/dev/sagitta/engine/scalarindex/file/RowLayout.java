package dev.sagitta.engine.scalarindex.file;

import java.util.Optional;

/** How the rows of keys are stored. Codes are what is written to disk. */
public enum RowLayout {
  /** {@link RowLists}: good for many keys and ranges of them. */
  LISTS(1),
  /** {@link RowContainers}: small for few keys. */
  CONTAINERS(2);

  private final int code;

  RowLayout(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static Optional<RowLayout> fromCode(int code) {
    for (RowLayout layout : values()) {
      if (layout.code == code) {
        return Optional.of(layout);
      }
    }
    return Optional.empty();
  }
}

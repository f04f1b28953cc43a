package dev.sagitta.engine.scalarindex.file;

import java.util.Optional;

/** What the keys of an index are made of. Codes are what is written to disk. */
public enum KeyKind {
  /** Integers. */
  INTEGER(1, false),
  /** Doubles as {@link dev.sagitta.engine.filter.number.OrderedBits}. */
  FLOATING(2, false),
  /** 0 for false, 1 for true. */
  BOOLEAN(3, false),
  /** Strings as UTF-8. */
  TEXT(4, true),
  /** Path, type and value of a part of a JSON document. */
  TREE(5, true),
  /** Runs of characters, hashed. */
  GRAM(6, false);

  private final int code;
  private final boolean bytes;

  KeyKind(int code, boolean bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  int code() {
    return code;
  }

  /** Whether keys are bytes of any length; else they are 64-bit numbers. */
  public boolean isBytes() {
    return bytes;
  }

  static Optional<KeyKind> fromCode(int code) {
    for (KeyKind kind : values()) {
      if (kind.code == code) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}

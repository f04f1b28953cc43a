package dev.sagitta.engine.filter.text;

import dev.sagitta.engine.column.Utf8Matcher;

/** A test of a string given as UTF-8 bytes. Immutable; allocates nothing. */
public interface Utf8Test extends Utf8Matcher {
  /** What all strings that pass have in common, as far as it is known. */
  default Utf8Shape shape() {
    return Utf8Shape.UNKNOWN;
  }
}

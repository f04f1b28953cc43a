package dev.sagitta.engine.filter.text;

/** A test of a string given as UTF-8 bytes. Immutable; allocates nothing. */
public interface Utf8Test {
  boolean matches(byte[] utf8, int offset, int length);

  /** What all strings that pass have in common, as far as it is known. */
  default Utf8Shape shape() {
    return Utf8Shape.UNKNOWN;
  }
}

package dev.sagitta.engine.column;

/** A test of a string given as UTF-8 bytes; allocates nothing. */
public interface Utf8Matcher {
  boolean matches(byte[] utf8, int offset, int length);

  /** Whether some string of that many bytes passes; asked before its bytes are read. */
  default boolean mayHaveLength(int length) {
    return true;
  }
}

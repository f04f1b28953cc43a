package dev.sagitta.engine.scalarindex.build;

/** Receives keys with the rows that have them. All keys of one build are of one kind. */
public interface KeySink {
  /** A key of 64 bits, ordered as a signed number. */
  void key(long key, int row);

  /** A key of bytes, ordered as unsigned bytes; copied. */
  void key(byte[] bytes, int offset, int length, int row);
}

package dev.sagitta.engine.scalarindex.build;

/** Walks over keys and rows, ascending by key, then by row. */
interface SortedPairs extends AutoCloseable {
  /** Moves on; false at the end. */
  boolean next();

  /** The key, or for keys of bytes their first eight, big-endian; compares as unsigned. */
  long prefix();

  /** The key's bytes, good until the next move; only for keys of bytes. */
  byte[] bytes();

  int offset();

  int length();

  int row();

  @Override
  void close();
}

package dev.sagitta.bench.sparse;

import java.io.IOException;

/** One of the engines that are compared. */
interface SearchSide extends AutoCloseable {
  String name();

  /** Searches for a query of the set that the side was made for; the rows found, best first. */
  int[] search(int query, int limit) throws IOException;

  /** Bytes of its index. */
  long sizeInBytes() throws IOException;

  @Override
  void close() throws IOException;
}

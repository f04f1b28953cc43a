package dev.sagitta.bench.ann;

import java.io.IOException;

/** An index over the base vectors that answers all queries on one thread. */
interface Peer extends AutoCloseable {
  String name();

  /** Processor seconds that the build took, on one thread. */
  double buildSeconds();

  /** Searches all queries once for the ten nearest. */
  Round search(int ef) throws IOException;

  @Override
  void close() throws IOException;

  /**
   * One pass over all queries.
   *
   * @param recall share of the ten nearest that were found
   * @param seconds processor time of the searching thread
   */
  record Round(double recall, double seconds) {}
}

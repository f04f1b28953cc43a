package dev.sagitta.connector.wal.broker;

import dev.sagitta.connector.wal.WalBacklog;

/** What is appended and not acknowledged. */
public interface BacklogSource extends AutoCloseable {
  /** Does not wait for the broker. */
  WalBacklog current();

  /** Told after each append, for sources that ask the broker only now and then. */
  default void appended(long records, long bytes) {}

  @Override
  default void close() {}
}

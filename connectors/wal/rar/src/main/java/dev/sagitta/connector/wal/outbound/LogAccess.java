package dev.sagitta.connector.wal.outbound;

import dev.sagitta.connector.wal.WalException;

/** The resource adapter as its connection factories see it. */
public interface LogAccess {
  /**
   * What all connections share.
   *
   * @throws WalException if the adapter does not run
   */
  LogAppender appender();

  /**
   * Returns when the broker answers.
   *
   * @throws WalException if it does not within the configured time
   */
  void verifyReachable();
}

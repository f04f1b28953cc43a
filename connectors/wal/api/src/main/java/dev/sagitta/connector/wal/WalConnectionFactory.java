package dev.sagitta.connector.wal;

import java.io.Serializable;

/** Gives connections to the configured log; found in JNDI. */
public interface WalConnectionFactory extends Serializable {
  /**
   * @throws WalException if the broker cannot be reached within the configured time
   */
  WalConnection connect();
}

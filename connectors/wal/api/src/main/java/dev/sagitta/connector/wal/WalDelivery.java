package dev.sagitta.connector.wal;

import java.util.Collection;

/**
 * The consumer session that delivered records, and the only one that can acknowledge them. Safe for
 * use from any thread. When the session ends, for whatever reason, its unacknowledged records are
 * delivered again, here or elsewhere, and this object is dead for good.
 */
public interface WalDelivery {
  /** Unique name of the session, for logs and to tell sessions apart. */
  String sessionId();

  /** Whether acknowledgements can still be accepted. */
  boolean alive();

  /**
   * Acknowledges the records durably, all or none. Records are given in delivery order and, for
   * each vchannel, without gaps from the oldest unacknowledged one.
   *
   * @throws WalException if the session has ended; the records will come again
   */
  void acknowledge(Collection<WalRecord> records);

  /** Ends the session: unacknowledged records are delivered again. Does not wait. */
  void abandon(String reason);
}

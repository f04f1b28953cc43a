package dev.sagitta.connector.wal;

/**
 * A delivered record or barrier. Acknowledge records with {@link WalDelivery#acknowledge} once what
 * they say is durable elsewhere; barriers need no acknowledgement.
 */
public interface WalRecord {
  String pchannel();

  String vchannel();

  /**
   * The content. It can be asked for only until {@link WalListener#onRecords} returns: thousands of
   * records wait for their acknowledgement, and need no content for that. The array stays valid.
   *
   * @throws IllegalStateException if {@code onRecords} has returned
   */
  byte[] body();

  /** Whether this is a volatile marker and not a durable record. */
  boolean barrier();

  /** Whether the broker has delivered it before, as far as it remembers. */
  boolean redelivered();
}

package dev.sagitta.connector.wal;

/**
 * A delivered record or barrier. Acknowledge records with {@link WalDelivery#acknowledge} once what
 * they say is durable elsewhere; barriers need no acknowledgement.
 */
public interface WalRecord {
  String pchannel();

  String vchannel();

  /**
   * The content.
   *
   * @throws IllegalStateException after {@link #releaseBody}
   */
  byte[] body();

  /** Bytes of the content; known for good. */
  default int size() {
    return body().length;
  }

  /**
   * Gives the content up. Thousands of records may wait for their acknowledgement, which needs no
   * content: call this as soon as the record is applied.
   */
  default void releaseBody() {}

  /** Whether this is a volatile marker and not a durable record. */
  boolean barrier();

  /** Whether the broker has delivered it before, as far as it remembers. */
  boolean redelivered();
}

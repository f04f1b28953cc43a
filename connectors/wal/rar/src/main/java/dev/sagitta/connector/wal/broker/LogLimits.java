package dev.sagitta.connector.wal.broker;

/** Sizes that broker and clients must agree on. */
public final class LogLimits {
  /** Largest body of one record: 4 MiB of rows and generous room for headers. */
  public static final int MAXIMUM_RECORD_BYTES = 6 << 20;

  /**
   * Above this a message becomes a file of its own, which costs half the throughput. No record is
   * that large.
   */
  static final int LARGE_MESSAGE_BYTES = 16 << 20;

  /** The journal turns records that do not fit its buffer into large messages. */
  static final int JOURNAL_BUFFER_BYTES = 8 << 20;

  static final int JOURNAL_FILE_BYTES = 32 << 20;

  private LogLimits() {}
}

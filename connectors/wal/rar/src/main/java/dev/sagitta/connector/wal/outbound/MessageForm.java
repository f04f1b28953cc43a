package dev.sagitta.connector.wal.outbound;

/** The two kinds of messages that the log carries. */
enum MessageForm {
  /** Durable, never expires. */
  RECORD,
  /** Volatile; expires, so that barriers that nobody receives do not pile up in the broker. */
  BARRIER
}

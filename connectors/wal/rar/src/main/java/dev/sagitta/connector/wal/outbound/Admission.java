package dev.sagitta.connector.wal.outbound;

import dev.sagitta.connector.wal.WalFullException;
import dev.sagitta.connector.wal.broker.BacklogSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Refuses appends while too much is appended and not acknowledged, well before the broker's own
 * bound, which would refuse barriers too and so stop the flushes that make room.
 */
final class Admission {
  private final BacklogSource backlog;
  private final long maximumBytes;
  private final AtomicLong inFlightBytes = new AtomicLong();

  Admission(BacklogSource backlog, long maximumBytes) {
    this.backlog = backlog;
    this.maximumBytes = maximumBytes;
  }

  /**
   * Counts the bytes until {@link #release}.
   *
   * @throws WalFullException if there is no room
   */
  void admit(long bytes) {
    long inFlight = inFlightBytes.addAndGet(bytes);
    long unacknowledged = backlog.current().bytes();
    if (unacknowledged + inFlight > maximumBytes) {
      inFlightBytes.addAndGet(-bytes);
      throw new WalFullException(
          "too much is not flushed yet: unacknowledgedBytes="
              + unacknowledged
              + ", inFlightBytes="
              + (inFlight - bytes)
              + ", appendBytes="
              + bytes
              + ", sagitta.wal.admission-bytes="
              + maximumBytes);
    }
  }

  /** The append is in the backlog now, or failed. */
  void release(long bytes) {
    inFlightBytes.addAndGet(-bytes);
  }
}

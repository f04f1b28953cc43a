package dev.sagitta.proxy.write;

import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import java.util.concurrent.atomic.AtomicLong;

/** Bounds the bytes of records that wait for the log. */
final class InFlightWrites {
  private final long maximumBytes;
  private final AtomicLong bytes = new AtomicLong();

  InFlightWrites(long maximumBytes) {
    if (maximumBytes < 1) {
      throw new IllegalArgumentException("not positive: maximumBytes=" + maximumBytes);
    }
    this.maximumBytes = maximumBytes;
  }

  /**
   * Takes the bytes in, until {@link #leave}. One request that is larger than the bound passes when
   * it is alone.
   *
   * @throws SagittaException RATE_LIMIT, retriable
   */
  void enter(long added) {
    long before = bytes.getAndAdd(added);
    if (before > 0 && before + added > maximumBytes) {
      bytes.addAndGet(-added);
      throw new SagittaException(
          ErrorCode.RATE_LIMIT,
          "too many bytes wait to be written, try again: waiting="
              + before
              + " request="
              + added
              + " maximum="
              + maximumBytes);
    }
  }

  void leave(long removed) {
    bytes.addAndGet(-removed);
  }

  long bytes() {
    return bytes.get();
  }
}

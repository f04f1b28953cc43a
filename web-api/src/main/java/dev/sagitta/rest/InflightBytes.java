package dev.sagitta.rest;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds the bytes of all request bodies that are in memory. Safe for concurrent use. */
public final class InflightBytes {
  private final long limit;
  private final AtomicLong reserved = new AtomicLong();

  public InflightBytes(long limit) {
    this.limit = limit;
  }

  public long limit() {
    return limit;
  }

  /** Takes bytes from the budget, or answers false and takes none. */
  boolean tryReserve(long bytes) {
    long now = reserved.addAndGet(bytes);
    if (now > limit) {
      reserved.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  void release(long bytes) {
    reserved.addAndGet(-bytes);
  }

  long reserved() {
    return reserved.get();
  }
}

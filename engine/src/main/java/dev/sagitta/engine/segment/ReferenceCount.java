package dev.sagitta.engine.segment;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts the users of a resource and frees it behind the last one. Starts with one user. */
final class ReferenceCount {
  private final AtomicInteger count = new AtomicInteger(1);
  private final Runnable free;

  ReferenceCount(Runnable free) {
    this.free = requireNonNull(free, "free is null");
  }

  /** Adds a user, unless the resource is freed or about to be. */
  boolean tryRetain() {
    while (true) {
      int users = count.get();
      if (users == 0) {
        return false;
      }
      if (count.compareAndSet(users, users + 1)) {
        return true;
      }
    }
  }

  void release() {
    int users = count.decrementAndGet();
    if (users == 0) {
      free.run();
    } else if (users < 0) {
      throw new IllegalStateException("released more often than retained");
    }
  }
}

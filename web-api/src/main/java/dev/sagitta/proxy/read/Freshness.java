package dev.sagitta.proxy.read;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.ConsistencyLevel;
import dev.sagitta.proxy.SessionWrites;
import java.time.Duration;
import java.util.Optional;

/** Turns a consistency level into the moment up to which a read must see all writes. */
final class Freshness {
  private final SessionWrites sessionWrites;
  private final Duration gracefulTime;

  /**
   * @param gracefulTime how stale a Bounded read may be
   */
  Freshness(SessionWrites sessionWrites, Duration gracefulTime) {
    this.sessionWrites = requireNonNull(sessionWrites, "sessionWrites is null");
    this.gracefulTime = requireNonNull(gracefulTime, "gracefulTime is null");
  }

  /**
   * The moment as {@link System#nanoTime()}, or {@link Long#MIN_VALUE} if any will do.
   *
   * @param asked the request's level; empty means the collection's
   */
  long notBeforeNanos(CollectionDescriptor collection, Optional<ConsistencyLevel> asked) {
    return switch (asked.orElse(collection.consistencyLevel())) {
      case STRONG -> System.nanoTime();
      case BOUNDED -> System.nanoTime() - gracefulTime.toNanos();
      case SESSION, CUSTOMIZED -> sessionWrites.lastWriteNanos(collection.id());
      case EVENTUALLY -> Long.MIN_VALUE;
    };
  }
}

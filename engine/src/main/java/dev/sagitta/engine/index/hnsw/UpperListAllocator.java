package dev.sagitta.engine.index.hnsw;

import java.util.concurrent.atomic.AtomicInteger;

/** Hands out runs of upper lists of a growing graph. */
final class UpperListAllocator {
  private final RecordBlocks lists;
  private final AtomicInteger used = new AtomicInteger();

  UpperListAllocator(RecordBlocks lists) {
    this.lists = lists;
  }

  /** Number of the first of {@code count} zeroed lists. */
  int allocate(int count) {
    int first = used.getAndAdd(count);
    lists.ensureCapacity(first + count);
    return first;
  }
}

package dev.sagitta.engine.index.hnsw;

import java.util.concurrent.atomic.AtomicReferenceArray;

/** A bounded pool of scratch memory; allocates only when all of it is in use. */
final class ScratchPool {
  private static final int SLOTS = 2 * Runtime.getRuntime().availableProcessors();

  private final AtomicReferenceArray<SearchScratch> slots = new AtomicReferenceArray<>(SLOTS);
  private final int paddedDimension;
  private final int m;

  ScratchPool(int paddedDimension, int m) {
    this.paddedDimension = paddedDimension;
    this.m = m;
  }

  SearchScratch acquire() {
    for (int i = 0; i < SLOTS; i++) {
      if (slots.getPlain(i) != null) {
        SearchScratch scratch = slots.getAndSet(i, null);
        if (scratch != null) {
          return scratch;
        }
      }
    }
    return new SearchScratch(paddedDimension, m);
  }

  /** Takes the scratch back; one too many is left to the garbage collector. */
  void release(SearchScratch scratch) {
    for (int i = 0; i < SLOTS; i++) {
      if (slots.getPlain(i) == null && slots.compareAndSet(i, null, scratch)) {
        return;
      }
    }
  }
}

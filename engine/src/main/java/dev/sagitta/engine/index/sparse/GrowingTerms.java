package dev.sagitta.engine.index.sparse;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Finds the entries of an index in a growing segment: an open hash table that one thread fills
 * while others read it. When it is half full a larger one takes its place.
 */
final class GrowingTerms {
  private static final int CAPACITY_MIN = 1 << 8;

  private volatile AtomicReferenceArray<GrowingPostings> slots =
      new AtomicReferenceArray<>(CAPACITY_MIN);
  private int size;

  /** The entries of the index, or null. */
  GrowingPostings find(int index) {
    AtomicReferenceArray<GrowingPostings> table = slots;
    return table.getAcquire(slotOf(table, index));
  }

  /** The entries of the index, which may be none yet; for the appending thread. */
  GrowingPostings findOrAdd(int index) {
    AtomicReferenceArray<GrowingPostings> table = slots;
    int slot = slotOf(table, index);
    GrowingPostings postings = table.getPlain(slot);
    if (postings == null) {
      postings = new GrowingPostings(index);
      table.setRelease(slot, postings);
      if (++size > table.length() / 2) {
        grow();
      }
    }
    return postings;
  }

  /** Number of distinct indices. */
  int size() {
    return size;
  }

  private static int slotOf(AtomicReferenceArray<GrowingPostings> table, int index) {
    int mask = table.length() - 1;
    int slot = SparseLists.keyOf(index) >>> Integer.numberOfLeadingZeros(mask);
    GrowingPostings postings = table.getAcquire(slot);
    while (postings != null && postings.index() != index) {
      slot = (slot + 1) & mask;
      postings = table.getAcquire(slot);
    }
    return slot;
  }

  private void grow() {
    AtomicReferenceArray<GrowingPostings> old = slots;
    AtomicReferenceArray<GrowingPostings> table = new AtomicReferenceArray<>(2 * old.length());
    for (int i = 0; i < old.length(); i++) {
      GrowingPostings postings = old.getPlain(i);
      if (postings != null) {
        table.setPlain(slotOf(table, postings.index()), postings);
      }
    }
    slots = table;
  }
}

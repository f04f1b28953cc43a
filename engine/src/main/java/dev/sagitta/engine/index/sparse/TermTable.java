package dev.sagitta.engine.index.sparse;

import java.util.Arrays;

/**
 * Counts the entries of each list of an index that is built, then numbers the lists in the order of
 * the file. An open hash table of primitive numbers; not safe for concurrent use.
 */
final class TermTable {
  private static final int CAPACITY_MIN = 1 << 10;

  /** Twice the key, plus 1 for negative values; a slot is free while its count is 0. */
  private long[] terms = new long[CAPACITY_MIN];

  /** Number of entries; after {@link #sort} number of the list plus 1. */
  private int[] counts = new int[CAPACITY_MIN];

  private int size;

  static long term(int index, boolean negative) {
    return (SparseLists.keyOf(index) & 0xffffffffL) << 1 | (negative ? 1 : 0);
  }

  static int keyOf(long term) {
    return (int) (term >>> 1);
  }

  static boolean isNegative(long term) {
    return (term & 1) != 0;
  }

  /** Counts one more entry of the list. */
  void count(long term) {
    int slot = slotOf(term);
    if (counts[slot]++ == 0) {
      terms[slot] = term;
      if (++size > terms.length / 2) {
        grow();
      }
    }
  }

  int size() {
    return size;
  }

  /**
   * Numbers the lists by their terms; nothing may be counted afterwards.
   *
   * @param sortedTerms receives the terms in this order, room for {@link #size()}
   * @param sortedCounts receives their numbers of entries
   */
  void sort(long[] sortedTerms, int[] sortedCounts) {
    int filled = 0;
    for (int slot = 0; slot < terms.length; slot++) {
      if (counts[slot] != 0) {
        sortedTerms[filled++] = terms[slot];
      }
    }
    Arrays.sort(sortedTerms, 0, filled);
    for (int list = 0; list < filled; list++) {
      int slot = slotOf(sortedTerms[list]);
      sortedCounts[list] = counts[slot];
      counts[slot] = list + 1;
    }
  }

  /** The number of a counted term's list, after {@link #sort}. */
  int listOf(long term) {
    return counts[slotOf(term)] - 1;
  }

  private int slotOf(long term) {
    int mask = terms.length - 1;
    // The key is well mixed in its upper bits only.
    int slot = (int) (term >>> 8) & mask;
    while (counts[slot] != 0 && terms[slot] != term) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldTerms = terms;
    int[] oldCounts = counts;
    terms = new long[2 * oldTerms.length];
    counts = new int[2 * oldCounts.length];
    for (int slot = 0; slot < oldTerms.length; slot++) {
      if (oldCounts[slot] != 0) {
        int target = slotOf(oldTerms[slot]);
        terms[target] = oldTerms[slot];
        counts[target] = oldCounts[slot];
      }
    }
  }
}

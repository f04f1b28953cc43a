package dev.sagitta.engine.index.sparse;

import static dev.sagitta.engine.index.sparse.PostingKernel.BLOCK_ROWS;

import java.util.Arrays;

/** Sums of one block of rows of a window, in the accumulators of a search. Stateless. */
final class BlockSums {
  private static final PostingKernel KERNEL = PostingKernels.preferred();

  private BlockSums() {}

  /** First row behind the block that begins at {@code from}. */
  static int end(QueryTerms terms, int from) {
    return Math.min(from + BLOCK_ROWS, terms.windowRows());
  }

  /**
   * Adds the entries of the first lists of the block, those of dense chunks four lists at a time.
   *
   * @return whether there were any, as far as that is known without looking at each
   */
  static boolean addFirst(QueryTerms terms, int count, int from, int to, int[] accumulators) {
    boolean any = false;
    int list0 = -1;
    int list1 = -1;
    int list2 = -1;
    for (int list = 0; list < count; list++) {
      if (!terms.isDense(list)) {
        any |= add(terms, list, from, to, accumulators);
      } else if (list0 < 0) {
        list0 = list;
      } else if (list1 < 0) {
        list1 = list;
      } else if (list2 < 0) {
        list2 = list;
      } else {
        addFour(terms, list0, list1, list2, list, terms.weight(list), from, to, accumulators);
        list0 = -1;
        list1 = -1;
        list2 = -1;
        any = true;
      }
    }
    if (list2 >= 0) {
      addFour(terms, list0, list1, list2, list2, 0, from, to, accumulators);
      any = true;
    } else if (list1 >= 0) {
      add(terms, list0, from, to, accumulators);
      any |= add(terms, list1, from, to, accumulators);
    } else if (list0 >= 0) {
      any |= add(terms, list0, from, to, accumulators);
    }
    return any;
  }

  /**
   * Adds a list's entries of the block.
   *
   * @return whether there were any, as far as that is known without looking at each
   */
  static boolean add(QueryTerms terms, int list, int from, int to, int[] accumulators) {
    if (terms.isDense(list)) {
      KERNEL.addDense(
          terms.impacts(list) + from,
          SparseIndexFile.paddedRows(to - from),
          terms.weight(list),
          accumulators);
      return true;
    }
    int first = terms.seek(list, from);
    int end = terms.seek(list, to);
    KERNEL.addSparse(
        terms.rows(list) + 2L * first,
        terms.impacts(list) + first,
        end - first,
        terms.weight(list),
        accumulators);
    return end > first;
  }

  private static void addFour(
      QueryTerms terms,
      int list0,
      int list1,
      int list2,
      int list3,
      int weight3,
      int from,
      int to,
      int[] accumulators) {
    KERNEL.addFourDense(
        terms.impacts(list0) + from,
        terms.weight(list0),
        terms.impacts(list1) + from,
        terms.weight(list1),
        terms.impacts(list2) + from,
        terms.weight(list2),
        terms.impacts(list3) + from,
        weight3,
        SparseIndexFile.paddedRows(to - from),
        accumulators);
  }

  /**
   * An impact of n steps is more than n - 1 steps, which is what may be taken away at least. This
   * is rare and not optimised.
   */
  static void lower(QueryTerms terms, int list, int from, int to, int[] accumulators) {
    boolean dense = terms.isDense(list);
    int first = dense ? from : terms.seek(list, from);
    int end = dense ? to : terms.seek(list, to);
    for (int i = first; i < end; i++) {
      int row = dense ? i : terms.rowOf(list, i);
      int steps = Math.max(0, terms.impactOf(list, i) - 1);
      accumulators[row & (BLOCK_ROWS - 1)] -= terms.weight(list) * steps;
    }
  }

  /**
   * The first row of the block from {@code row} on whose sum reaches the threshold, or {@code to}.
   */
  static int next(int[] accumulators, int from, int row, int to, int threshold) {
    return from + KERNEL.nextAtLeast(accumulators, row - from, to - from, threshold);
  }

  /** Offers the rows whose complete sums reach the threshold. */
  static void offerAll(Candidates candidates, int[] accumulators, int from, int to) {
    int row = next(accumulators, from, from, to, candidates.threshold());
    while (row < to) {
      candidates.offer(row, accumulators[row - from]);
      row = next(accumulators, from, row + 1, to, candidates.threshold());
    }
  }

  /** Sets the block's sums to zero. */
  static void clear(int[] accumulators) {
    Arrays.fill(accumulators, 0);
  }
}

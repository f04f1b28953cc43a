package dev.sagitta.engine.index.sparse;

import static dev.sagitta.engine.index.graph.NativeMemory.ALL;

import dev.sagitta.engine.storage.LittleEndian;
import java.util.Arrays;

/**
 * Term at a time without skipping: adds up all lists, then looks at all sums. It is the only way
 * for queries of which some entries lower scores.
 */
final class ExhaustiveSearch implements WindowSearch {
  private static final PostingKernel KERNEL = PostingKernels.preferred();

  @Override
  public void search(
      QueryTerms terms, Candidates candidates, double maxScoreRatio, SparseScratch scratch) {
    int[] accumulators = scratch.accumulators;
    int rows = terms.windowRows();
    for (int i = 0; i < terms.active(); i++) {
      if (terms.isLowering(i)) {
        lower(terms, i, accumulators);
      } else {
        add(terms, i, accumulators);
      }
    }
    offerAll(candidates, accumulators, rows);
    Arrays.fill(accumulators, 0, SparseIndexFile.paddedRows(rows), 0);
  }

  /** Adds a list's chunk to the sums. */
  static void add(QueryTerms terms, int position, int[] accumulators) {
    if (terms.isDense(position)) {
      KERNEL.addDense(
          terms.impacts(position),
          SparseIndexFile.paddedRows(terms.windowRows()),
          terms.weight(position),
          accumulators);
    } else {
      KERNEL.addSparse(
          terms.rows(position),
          terms.impacts(position),
          terms.entries(position),
          terms.weight(position),
          accumulators);
    }
  }

  /** Offers the rows whose complete sums reach the threshold. */
  static void offerAll(Candidates candidates, int[] accumulators, int rows) {
    int row = KERNEL.nextAtLeast(accumulators, 0, rows, candidates.threshold());
    while (row < rows) {
      candidates.offer(row, accumulators[row]);
      row = KERNEL.nextAtLeast(accumulators, row + 1, rows, candidates.threshold());
    }
  }

  /** An impact of n steps is more than n - 1 steps, which is what may be taken away at least. */
  private static void lower(QueryTerms terms, int position, int[] accumulators) {
    int weight = terms.weight(position);
    long impacts = terms.impacts(position);
    boolean dense = terms.isDense(position);
    int count = dense ? terms.windowRows() : terms.entries(position);
    for (int i = 0; i < count; i++) {
      int impact = ALL.get(LittleEndian.BYTE, impacts + i) & 0xff;
      int row = dense ? i : ALL.get(LittleEndian.SHORT, terms.rows(position) + 2L * i) & 0xffff;
      accumulators[row] -= weight * Math.max(0, impact - 1);
    }
  }
}

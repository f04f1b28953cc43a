package dev.sagitta.engine.index.sparse;

import static dev.sagitta.engine.index.sparse.PostingKernel.BLOCK_ROWS;

/**
 * Term at a time without skipping: for each block of rows adds up all lists, then looks at all
 * sums. It is the only way for queries of which some entries lower scores.
 */
final class ExhaustiveSearch implements WindowSearch {
  @Override
  public void search(
      QueryTerms terms, Candidates candidates, double maxScoreRatio, SparseScratch scratch) {
    int[] accumulators = scratch.accumulators;
    for (int from = 0; from < terms.windowRows(); from += BLOCK_ROWS) {
      int to = BlockSums.end(terms, from);
      boolean any =
          terms.anyLowers()
              ? addAndLower(terms, from, to, accumulators)
              : BlockSums.addFirst(terms, terms.active(), from, to, accumulators);
      if (any) {
        BlockSums.offerAll(candidates, accumulators, from, to);
        BlockSums.clear(accumulators);
      }
    }
  }

  private static boolean addAndLower(QueryTerms terms, int from, int to, int[] accumulators) {
    for (int list = 0; list < terms.active(); list++) {
      if (terms.isLowering(list)) {
        BlockSums.lower(terms, list, from, to, accumulators);
      } else {
        BlockSums.add(terms, list, from, to, accumulators);
      }
    }
    return true;
  }
}

package dev.sagitta.engine.index.sparse;

import static dev.sagitta.engine.index.sparse.PostingKernel.BLOCK_ROWS;

/**
 * MaxScore (Turtle and Flood, "Query Evaluation: Strategies and Optimizations", 1995): the lists
 * that together cannot lift a row to the threshold are not walked, only looked up for rows that the
 * other lists have lifted high enough. We differ in walking the other lists term at a time, block
 * by block, into an array of sums, which trades the branches of a merge for vector instructions;
 * and in walking one list more whenever too many rows of a block would have to be looked up.
 */
final class MaxScoreSearch implements WindowSearch {
  /** So many rows are looked up before walking one list more is tried. */
  private static final int LOOK_UPS_MANY = 48;

  /** With fewer, one list less is walked in the next block. */
  private static final int LOOK_UPS_FEW = 8;

  @Override
  public void search(
      QueryTerms terms, Candidates candidates, double maxScoreRatio, SparseScratch scratch) {
    int lists = terms.active();
    int[] remaining = scratch.remaining;
    remaining[lists] = 0;
    for (int i = lists - 1; i >= 0; i--) {
      remaining[i] = remaining[i + 1] + (int) Math.ceil(terms.bound(i) * maxScoreRatio);
    }
    int[] accumulators = scratch.accumulators;
    int needed = lists;
    int more = 0;
    for (int from = 0; from < terms.windowRows(); from += BLOCK_ROWS) {
      while (needed > 0 && remaining[needed - 1] < candidates.threshold()) {
        needed--;
        more++;
      }
      if (needed == 0) {
        return;
      }
      int to = BlockSums.end(terms, from);
      int walked = Math.min(lists, needed + more);
      if (BlockSums.addFirst(terms, walked, from, to, accumulators)) {
        int walkedMore = offer(terms, candidates, scratch, walked, from, to) - needed;
        more = Math.max(0, walkedMore);
        BlockSums.clear(accumulators);
      }
    }
  }

  /**
   * Offers the rows of the block that reach the threshold.
   *
   * @param walked lists that are added up already
   * @return how many lists should be walked in the next block
   */
  private static int offer(
      QueryTerms terms,
      Candidates candidates,
      SparseScratch scratch,
      int walked,
      int from,
      int to) {
    int[] accumulators = scratch.accumulators;
    int[] remaining = scratch.remaining;
    int lists = walked;
    int lookUps = 0;
    int row = from;
    while (lists < terms.active()) {
      row = BlockSums.next(accumulators, from, row, to, candidates.threshold() - remaining[lists]);
      if (row == to) {
        return lookUps < LOOK_UPS_FEW ? lists - 1 : lists;
      }
      if (lookUps == LOOK_UPS_MANY) {
        BlockSums.add(terms, lists++, from, to, accumulators);
        lookUps = 0;
      } else {
        if (candidates.isAllowed(row)) {
          lookUp(terms, candidates, remaining, lists, row, accumulators[row - from]);
          lookUps++;
        }
        row++;
      }
    }
    row = BlockSums.next(accumulators, from, row, to, candidates.threshold());
    while (row < to) {
      candidates.offer(row, accumulators[row - from]);
      row = BlockSums.next(accumulators, from, row + 1, to, candidates.threshold());
    }
    return lists - 1;
  }

  private static void lookUp(
      QueryTerms terms, Candidates candidates, int[] remaining, int walked, int row, int added) {
    int sum = added;
    for (int list = walked; list < terms.active(); list++) {
      if (sum + remaining[list] < candidates.threshold()) {
        return;
      }
      if (terms.isDense(list)) {
        sum += terms.weight(list) * terms.impactOf(list, row);
      } else {
        int entry = terms.seek(list, row);
        if (entry < terms.entries(list) && terms.rowOf(list, entry) == row) {
          sum += terms.weight(list) * terms.impactOf(list, entry);
        }
      }
    }
    if (sum >= candidates.threshold()) {
      candidates.offer(row, sum);
    }
  }
}

package dev.sagitta.engine.index.sparse;

import static dev.sagitta.engine.index.graph.NativeMemory.ALL;

import dev.sagitta.engine.storage.LittleEndian;
import java.util.Arrays;

/**
 * MaxScore (Turtle and Flood, "Query Evaluation: Strategies and Optimizations", 1995): the lists
 * that together cannot lift a row to the threshold are not walked, only looked up for rows that the
 * other lists have lifted high enough. We differ in walking the other lists term at a time into an
 * array of sums, heaviest list first, and in raising the threshold by incomplete sums in between;
 * that trades the branches of a merge for vector instructions.
 */
final class MaxScoreSearch implements WindowSearch {
  private static final PostingKernel KERNEL = PostingKernels.preferred();

  /** A scan costs as much as adding so many rows' share of entries. */
  private static final int ROWS_PER_SCANNED_ENTRY = 16;

  /** What a look-up in a list costs, in entries added. */
  private static final int LOOKUP_COST = 8;

  private static final int TRIALS_MAX = 2;

  @Override
  public void search(
      QueryTerms terms, Candidates candidates, double maxScoreRatio, SparseScratch scratch) {
    int lists = terms.active();
    int rows = terms.windowRows();
    int[] remaining = scratch.remaining;
    remaining[lists] = 0;
    for (int i = lists - 1; i >= 0; i--) {
      remaining[i] = remaining[i + 1] + (int) Math.ceil(terms.bound(i) * maxScoreRatio);
    }
    int[] accumulators = scratch.accumulators;
    int walked = 0;
    int trials = 0;
    int tried = 0;
    while (walked < lists) {
      if (remaining[walked] < candidates.threshold()) {
        if (lookUpRest(terms, walked, candidates, scratch)) {
          break;
        }
      } else if (trials < TRIALS_MAX && isTrialWorthwhile(terms, walked, tried, remaining)) {
        trials++;
        tried = walked;
        raiseThreshold(candidates, accumulators, rows);
        continue;
      }
      ExhaustiveSearch.add(terms, walked++, accumulators);
    }
    if (walked == lists) {
      ExhaustiveSearch.offerAll(candidates, accumulators, rows);
    }
    if (walked > 0) {
      Arrays.fill(accumulators, 0, SparseIndexFile.paddedRows(rows), 0);
    }
  }

  /** Whether the lists that are left are long, but add little to what the others have added. */
  private static boolean isTrialWorthwhile(
      QueryTerms terms, int walked, int tried, int[] remaining) {
    int added = remaining[0] - remaining[walked];
    if (walked == tried || remaining[walked] > added / 2) {
      return false;
    }
    int saved = 0;
    for (int i = walked; i < terms.active(); i++) {
      saved += cost(terms, i);
    }
    return saved > 2 * terms.windowRows() / ROWS_PER_SCANNED_ENTRY;
  }

  private static int cost(QueryTerms terms, int position) {
    return terms.isDense(position)
        ? terms.windowRows() / ROWS_PER_SCANNED_ENTRY
        : terms.entries(position);
  }

  private static void raiseThreshold(Candidates candidates, int[] accumulators, int rows) {
    candidates.beginTrial();
    int row = KERNEL.nextAtLeast(accumulators, 0, rows, candidates.threshold());
    while (row < rows) {
      candidates.offerTrial(row, accumulators[row]);
      row = KERNEL.nextAtLeast(accumulators, row + 1, rows, candidates.threshold());
    }
  }

  /**
   * Looks the rows that can still reach the threshold up in the lists that were not walked.
   *
   * @return false if they are so many that walking the next list is cheaper; nothing was done then
   */
  private static boolean lookUpRest(
      QueryTerms terms, int walked, Candidates candidates, SparseScratch scratch) {
    int rows = terms.windowRows();
    int[] accumulators = scratch.accumulators;
    int needed = candidates.threshold() - scratch.remaining[walked];
    int limit = Math.min(SparseScratch.SURVIVORS_MAX, 64 + cost(terms, walked) / LOOKUP_COST);
    int[] survivors = scratch.survivors;
    int count = 0;
    if (walked > 0) {
      int row = KERNEL.nextAtLeast(accumulators, 0, rows, needed);
      while (row < rows) {
        if (count == limit) {
          return false;
        }
        if (candidates.isAllowed(row)) {
          survivors[count++] = row;
        }
        row = KERNEL.nextAtLeast(accumulators, row + 1, rows, needed);
      }
    }
    Arrays.fill(scratch.positions, walked, terms.active(), 0);
    for (int i = 0; i < count; i++) {
      lookUp(terms, walked, candidates, scratch, survivors[i]);
    }
    return true;
  }

  private static void lookUp(
      QueryTerms terms, int walked, Candidates candidates, SparseScratch scratch, int row) {
    int[] remaining = scratch.remaining;
    int sum = scratch.accumulators[row];
    for (int i = walked; i < terms.active(); i++) {
      if (sum + remaining[i] < candidates.threshold()) {
        return;
      }
      int impact =
          terms.isDense(i)
              ? ALL.get(LittleEndian.BYTE, terms.impacts(i) + row) & 0xff
              : impactOf(terms, i, scratch.positions, row);
      sum += terms.weight(i) * impact;
    }
    if (sum >= candidates.threshold()) {
      candidates.offer(row, sum);
    }
  }

  /** The row's impact in a sparse chunk; rows are asked for in ascending order. */
  private static int impactOf(QueryTerms terms, int list, int[] positions, int row) {
    long rows = terms.rows(list);
    int count = terms.entries(list);
    int low = positions[list];
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if ((ALL.get(LittleEndian.SHORT, rows + 2L * middle) & 0xffff) < row) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    positions[list] = low;
    boolean found = low < count && (ALL.get(LittleEndian.SHORT, rows + 2L * low) & 0xffff) == row;
    return found ? ALL.get(LittleEndian.BYTE, terms.impacts(list) + low) & 0xff : 0;
  }
}

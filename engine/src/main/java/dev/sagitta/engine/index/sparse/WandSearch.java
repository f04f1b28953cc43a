package dev.sagitta.engine.index.sparse;

import static dev.sagitta.engine.index.graph.NativeMemory.ALL;

import dev.sagitta.engine.storage.LittleEndian;

/**
 * WAND (Broder, Carmel, Herscovici, Soffer and Zien, "Efficient Query Evaluation using a Two-Level
 * Retrieval Process", 2003): document at a time. The cursors of all lists are kept in the order of
 * their rows; the first row at which the bounds of the cursors up to there reach the threshold is
 * the next that can be found, and all cursors before it jump there. The bounds are those of the
 * window, which makes it the block-max variant with very long blocks.
 */
final class WandSearch implements WindowSearch {
  /** The row of a cursor behind the last entry. */
  private static final int END = Integer.MAX_VALUE;

  @Override
  public void search(
      QueryTerms terms, Candidates candidates, double maxScoreRatio, SparseScratch scratch) {
    int[] cursors = scratch.cursors;
    int[] rows = scratch.rows;
    int lists = terms.active();
    for (int i = 0; i < lists; i++) {
      cursors[i] = i;
      scratch.positions[i] = 0;
      rows[i] = rowAtOrAfter(terms, i, scratch.positions, 0);
    }
    while (true) {
      sort(cursors, rows, lists);
      int pivot = pivot(terms, candidates.threshold(), maxScoreRatio, cursors, rows, lists);
      if (pivot < 0) {
        return;
      }
      int row = rows[cursors[pivot]];
      if (rows[cursors[0]] == row) {
        evaluate(terms, candidates, scratch, row);
      } else {
        for (int i = 0; i < pivot; i++) {
          int cursor = cursors[i];
          if (rows[cursor] < row) {
            rows[cursor] = rowAtOrAfter(terms, cursor, scratch.positions, row);
          }
        }
      }
    }
  }

  /** The first cursor with which the bounds reach the threshold, or -1. */
  private static int pivot(
      QueryTerms terms, int threshold, double maxScoreRatio, int[] cursors, int[] rows, int lists) {
    double bound = 0;
    for (int i = 0; i < lists && rows[cursors[i]] != END; i++) {
      bound += terms.bound(cursors[i]) * maxScoreRatio;
      if (bound >= threshold) {
        return i;
      }
    }
    return -1;
  }

  /** Adds up the lists whose cursors stand at the row, and moves them on. */
  private static void evaluate(
      QueryTerms terms, Candidates candidates, SparseScratch scratch, int row) {
    int sum = 0;
    for (int i = 0; i < terms.active(); i++) {
      int cursor = scratch.cursors[i];
      if (scratch.rows[cursor] != row) {
        break;
      }
      long position = terms.isDense(cursor) ? row : scratch.positions[cursor];
      int impact = ALL.get(LittleEndian.BYTE, terms.impacts(cursor) + position) & 0xff;
      sum += terms.weight(cursor) * impact;
      scratch.rows[cursor] = rowAtOrAfter(terms, cursor, scratch.positions, row + 1);
    }
    if (sum >= candidates.threshold()) {
      candidates.offer(row, sum);
    }
  }

  /** Cursors move little at a time, so an insertion sort has little to do. */
  private static void sort(int[] cursors, int[] rows, int lists) {
    for (int i = 1; i < lists; i++) {
      int cursor = cursors[i];
      int row = rows[cursor];
      int target = i;
      while (target > 0 && rows[cursors[target - 1]] > row) {
        cursors[target] = cursors[target - 1];
        target--;
      }
      cursors[target] = cursor;
    }
  }

  private static int rowAtOrAfter(QueryTerms terms, int list, int[] positions, int row) {
    return terms.isDense(list)
        ? denseRow(terms, list, row)
        : sparseRow(terms, list, positions, row);
  }

  private static int denseRow(QueryTerms terms, int list, int from) {
    long impacts = terms.impacts(list);
    int row = from;
    while (row < terms.windowRows() && ALL.get(LittleEndian.BYTE, impacts + row) == 0) {
      row++;
    }
    return row < terms.windowRows() ? row : END;
  }

  /** Gallops from the cursor's position on. */
  private static int sparseRow(QueryTerms terms, int list, int[] positions, int row) {
    long rows = terms.rows(list);
    int count = terms.entries(list);
    int low = ChunkRows.seek(rows, count, positions[list], row);
    positions[list] = low;
    if (low == count) {
      return END;
    }
    // A damaged list may be out of order; the walk must not go back and begin again.
    return Math.max(row, ChunkRows.rowAt(rows, low));
  }
}

package dev.sagitta.engine.index.ivf;

import java.util.Arrays;

/**
 * Which rows lie in which list, list after list.
 *
 * @param starts first position of each list, and the end of the last one
 * @param rows row at each position, ascending within a list; negative where there is none
 */
record ListedRows(int[] starts, int[] rows) {
  /**
   * Sorts rows into lists.
   *
   * @param listOfRow list of each row, negative if it is in none
   * @param alignment each list begins at a multiple of it
   */
  static ListedRows of(int[] listOfRow, int listCount, int alignment) {
    int[] starts = new int[listCount + 1];
    for (int list : listOfRow) {
      if (list >= 0) {
        starts[list + 1]++;
      }
    }
    for (int list = 0; list < listCount; list++) {
      int padded = Math.ceilDiv(starts[list + 1], alignment) * alignment;
      starts[list + 1] = Math.addExact(starts[list], padded);
    }
    int[] next = starts.clone();
    int[] rows = new int[starts[listCount]];
    Arrays.fill(rows, -1);
    for (int row = 0; row < listOfRow.length; row++) {
      if (listOfRow[row] >= 0) {
        rows[next[listOfRow[row]]++] = row;
      }
    }
    return new ListedRows(starts, rows);
  }

  int listCount() {
    return starts.length - 1;
  }

  /** The list that the position belongs to, at or after a list before it. */
  int listAt(int position, int fromList) {
    int list = fromList;
    while (starts[list + 1] <= position) {
      list++;
    }
    return list;
  }
}

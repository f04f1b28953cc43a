package dev.sagitta.engine.index.diskann;

/**
 * Rows whose vector is that of an earlier row, in order of their nodes' numbers.
 *
 * @param starts position of each node's first one, and one more for the end
 * @param rows all of them
 */
record FurtherRows(int[] starts, int[] rows) {
  /**
   * Collects them.
   *
   * @param numberOf number of each node
   */
  static FurtherRows of(DistinctVectors vectors, int[] numberOf) {
    int[] starts = new int[vectors.nodeCount() + 1];
    for (int row = 0; row < vectors.rowCount(); row++) {
      if (isFurther(vectors, row)) {
        starts[numberOf[vectors.nodeOf(row)] + 1]++;
      }
    }
    for (int i = 1; i < starts.length; i++) {
      starts[i] += starts[i - 1];
    }
    int[] next = starts.clone();
    int[] rows = new int[starts[starts.length - 1]];
    for (int row = 0; row < vectors.rowCount(); row++) {
      if (isFurther(vectors, row)) {
        rows[next[numberOf[vectors.nodeOf(row)]]++] = row;
      }
    }
    return new FurtherRows(starts, rows);
  }

  int start(int number) {
    return starts[number];
  }

  int count(int number) {
    return starts[number + 1] - starts[number];
  }

  private static boolean isFurther(DistinctVectors vectors, int row) {
    int node = vectors.nodeOf(row);
    return node != DiskAnnFile.NO_NODE && vectors.rowOf(node) != row;
  }
}

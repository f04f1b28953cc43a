package dev.sagitta.engine.index.sparse;

/** Everything one search of a growing index writes to, pooled. */
final class GrowingScratch {
  private static final int INITIAL = 32;

  final QueryWeights weights = new QueryWeights();

  /** Sums of a window; zero between searches. */
  final double[] sums = new double[GrowingSparseIndex.WINDOW_ROWS];

  /** The lists of the query, the weights of their entries, and how far they were read. */
  long[][] entries = new long[INITIAL][];

  double[] listWeights = new double[INITIAL];
  int[] counts = new int[INITIAL];
  int[] positions = new int[INITIAL];

  /** The end of the window's entries of each list. */
  int[] ends = new int[INITIAL];

  void reserve(int lists) {
    if (entries.length < lists) {
      entries = new long[2 * lists][];
      listWeights = new double[2 * lists];
      counts = new int[2 * lists];
      positions = new int[2 * lists];
      ends = new int[2 * lists];
    }
  }
}

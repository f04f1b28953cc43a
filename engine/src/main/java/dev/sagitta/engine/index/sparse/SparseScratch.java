package dev.sagitta.engine.index.sparse;

/** Everything one search writes to, pooled so that searches allocate nothing. */
final class SparseScratch {
  final QueryWeights weights = new QueryWeights();
  final QueryTerms terms = new QueryTerms();
  final Candidates candidates = new Candidates();
  final SparseScorer scorer = new SparseScorer();

  /** Sums in units, one a row of a block; zero between blocks. */
  final int[] accumulators = new int[PostingKernel.BLOCK_ROWS];

  /** For each list of a window what it and those after it add at most. */
  int[] remaining = new int[0];

  /** Positions of cursors in their chunks, and the rows there. */
  int[] positions = new int[0];

  int[] rows = new int[0];
  int[] cursors = new int[0];

  /** Makes room for so many lists. */
  void reserveLists(int count) {
    if (remaining.length <= count) {
      int length = Math.max(2 * count, 32);
      remaining = new int[length];
      positions = new int[length];
      rows = new int[length];
      cursors = new int[length];
    }
  }
}

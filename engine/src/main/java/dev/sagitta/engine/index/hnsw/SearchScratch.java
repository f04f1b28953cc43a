package dev.sagitta.engine.index.hnsw;

/** Everything one search writes to, pooled so that searches allocate nothing. */
final class SearchScratch {
  /** Nodes are compared in groups of this many. */
  static final int GROUP = 4;

  final float[] query;
  final float[] distances = new float[GROUP];
  final VisitedNodes visited = new VisitedNodes();
  final CandidatePool pool = new CandidatePool();
  final CandidateHeap heap = new CandidateHeap();

  /** Neighbours met for the first time; with room to fill up the last group. */
  final int[] found;

  /** Nodes at or beyond this are not visited: they came after the search began. */
  int nodeLimit;

  SearchScratch(int paddedDimension, int m) {
    this.query = new float[paddedDimension];
    this.found = new int[2 * m + GROUP];
  }

  /** Repeats the last found node so that the last group is full; repeats cost no memory access. */
  void fillLastGroup(int count) {
    for (int i = count; i % GROUP != 0; i++) {
      found[i] = found[count - 1];
    }
  }
}

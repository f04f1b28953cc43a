package dev.sagitta.engine.index.graph;

/** Everything that walks of one thread write to, pooled so that searches allocate nothing. */
public final class WalkScratch {
  /** Nodes whose neighbours are compared in one step of a walk. */
  static final int NODES_PER_STEP = 2;

  final VisitedNodes visited = new VisitedNodes();
  final CandidatePool pool = new CandidatePool();
  final CandidateHeap heap = new CandidateHeap();

  /** Neighbours met in a step, with room to fill up the last group. */
  final int[] found;

  /** Their distances. */
  final float[] distances;

  /** Nodes at or beyond this are not visited: they came after the walk began. */
  int nodeLimit;

  /**
   * @param m links of the graphs that the scratch is used with
   */
  public WalkScratch(int m) {
    int length = NODES_PER_STEP * 2 * m + NodeDistances.GROUP;
    this.found = new int[length];
    this.distances = new float[length];
  }

  /** What the last walk found. */
  public CandidatePool pool() {
    return pool;
  }

  /** Repeats the last found node so that the last group is full; repeats cost no memory access. */
  void fillLastGroup(int count) {
    for (int i = count; i % NodeDistances.GROUP != 0; i++) {
      found[i] = found[count - 1];
    }
  }
}

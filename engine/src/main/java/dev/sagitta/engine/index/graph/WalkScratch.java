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

  /** How many there are, where a step is read in two parts. */
  int foundCount;

  /** Neighbours met in a step that may not be offered. */
  final int[] passed;

  /** Nodes at or beyond this are not visited: they came after the walk began. */
  int nodeLimit;

  /**
   * @param m links of the graphs that the scratch is used with
   */
  public WalkScratch(int m) {
    int length = NODES_PER_STEP * 2 * m + NodeDistances.GROUP;
    this.found = new int[length];
    this.distances = new float[length];
    this.passed = new int[length];
  }

  /** What the last walk found. */
  public CandidatePool pool() {
    return pool;
  }

  /** Fills up the last group of {@code found}. */
  void fillLastGroup(int count) {
    fillLastGroup(found, count);
  }

  /** Repeats the last node so that the last group is full; repeats cost no memory access. */
  static void fillLastGroup(int[] nodes, int count) {
    for (int i = count; i % NodeDistances.GROUP != 0; i++) {
      nodes[i] = nodes[count - 1];
    }
  }
}

package dev.sagitta.engine.index.diskann;

import dev.sagitta.engine.index.code.CodeScorer;
import dev.sagitta.engine.index.graph.CandidateHeap;
import dev.sagitta.engine.index.graph.CandidatePool;
import dev.sagitta.engine.index.graph.VisitedNodes;

/** Everything one search writes to, pooled so that searches allocate nothing. */
final class SearchScratch {
  /** Nodes are compared in groups of this many. */
  static final int GROUP = 4;

  final float[] query;
  final CodeScorer scorer;
  final VisitedNodes visited = new VisitedNodes();
  final CandidatePool pool = new CandidatePool();
  final CandidateHeap heap = new CandidateHeap();

  /** Candidates whose nodes are read together, and their nodes. */
  final long[] beamCandidates;

  final int[] beam;

  /** Nodes to be compared, with room to fill up the last group. */
  final int[] found;

  /** Their distances. */
  final float[] distances;

  /** A group of nodes that are compared exactly. */
  final int[] group = new int[GROUP];

  final float[] groupScores = new float[GROUP];

  /** See {@link NodeStore#read}; kept from search to search. */
  int coldBeams;

  SearchScratch(int dimension, CodeScorer scorer, int beamWidth, int maximumDegree) {
    this.query = new float[dimension];
    this.scorer = scorer;
    this.beamCandidates = new long[beamWidth];
    this.beam = new int[beamWidth];
    this.found = new int[beamWidth * maximumDegree + GROUP];
    this.distances = new float[found.length];
  }

  /** Repeats the last found node so that the last group is full; repeats cost no memory access. */
  void fillLastGroup(int count) {
    for (int i = count; i % GROUP != 0; i++) {
      found[i] = found[count - 1];
    }
  }
}

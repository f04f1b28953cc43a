package dev.sagitta.engine.index.compact;

import dev.sagitta.engine.index.code.FastScanCode;
import dev.sagitta.engine.index.code.FastScanTables;
import dev.sagitta.engine.index.graph.CandidateHeap;
import dev.sagitta.engine.index.graph.VisitedNodes;

/** Everything one search writes to, pooled so that searches allocate nothing. */
final class CompactScratch {
  final FastScanTables tables;
  final short[] sums = new short[FastScanCode.SLOTS];

  /** Nodes whose blocks are loaded at once. */
  final int[] batch = new int[4];

  final SeenNodes seen = new SeenNodes();
  final EstimatePool pool = new EstimatePool();
  final CandidateHeap heap = new CandidateHeap();
  final VisitedNodes visited = new VisitedNodes();
  final Refinement refinement = new Refinement();
  final ExactRanking ranking = new ExactRanking();

  /** Takes what loads ahead of use bring, so that they are not optimised away. */
  int touched;

  CompactScratch(FastScanCode code) {
    this.tables = code.newTables();
  }
}

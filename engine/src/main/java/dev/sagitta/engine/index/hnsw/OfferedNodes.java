package dev.sagitta.engine.index.hnsw;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.index.ScoreRange;
import java.util.Optional;

/** The nodes that one search may offer: below a limit, in a bitmap, and with a score in range. */
final class OfferedNodes {
  private final int limit;
  private final RowBitmap allowed;
  private final ScoreRange range;

  /**
   * @param limit nodes at or beyond it are not offered, nor are those beyond the bitmap
   * @param allowed empty allows all
   */
  OfferedNodes(int limit, Optional<RowBitmap> allowed, ScoreRange range) {
    this.allowed = allowed.orElse(null);
    this.limit = allowed.isPresent() ? Math.min(limit, allowed.get().rowCount()) : limit;
    this.range = requireNonNull(range, "range is null");
  }

  /** How many nodes may be offered, scores aside. */
  int cardinality() {
    return allowed == null ? limit : Math.min(limit, allowed.cardinality());
  }

  /** Whether a walk has to tell nodes apart while it goes. */
  boolean isSelective(int nodeCount) {
    return allowed != null || range.hasInnerBound() || limit < nodeCount;
  }

  /** The first node at or after the given one that may be offered, scores aside, or -1. */
  int next(int node) {
    int next = allowed == null ? node : allowed.nextRow(node);
    return next < limit ? next : -1;
  }

  boolean contains(HnswGraph graph, long candidate) {
    int node = Candidate.node(candidate);
    return node < limit
        && (allowed == null || allowed.contains(node))
        && (!range.hasInnerBound() || range.accepts(graph.score(Candidate.distance(candidate))));
  }

  boolean acceptsScore(float score) {
    return range.accepts(score);
  }
}

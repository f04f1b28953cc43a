package dev.sagitta.engine.index.diskann;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.index.ScoreRange;
import dev.sagitta.engine.index.TopRows;
import java.util.Optional;

/** The rows that one search may offer, and where it offers them. */
final class OfferedRows {
  private final NodeStore nodes;
  private final int limit;
  private final RowBitmap allowed;
  private final ScoreRange range;
  private final TopRows results;

  /**
   * @param rowCount rows of the index
   * @param allowed empty allows all; rows beyond it are not allowed
   */
  OfferedRows(
      NodeStore nodes,
      int rowCount,
      Optional<RowBitmap> allowed,
      ScoreRange range,
      TopRows results) {
    this.nodes = requireNonNull(nodes, "nodes is null");
    this.allowed = allowed.orElse(null);
    this.limit = allowed.isPresent() ? Math.min(rowCount, allowed.get().rowCount()) : rowCount;
    this.range = requireNonNull(range, "range is null");
    this.results = requireNonNull(results, "results is null");
  }

  /** How many rows may be offered, scores aside. */
  int cardinality() {
    return allowed == null ? limit : Math.min(limit, allowed.cardinality());
  }

  int wanted() {
    return results.capacity();
  }

  /** Whether all rows may be offered, scores aside. */
  boolean isAll() {
    return allowed == null;
  }

  /** Whether near rows may be refused for being too near. */
  boolean hasInnerBound() {
    return range.hasInnerBound();
  }

  boolean acceptsScore(float score) {
    return range.accepts(score);
  }

  /** The first row at or after the given one that may be offered, scores aside, or -1. */
  int next(int row) {
    int next = allowed == null ? row : allowed.nextRow(row);
    return next < limit ? next : -1;
  }

  /** Whether a row with the node's vector may be offered, scores aside. */
  boolean containsAnyOf(int node) {
    if (contains(nodes.firstRow(node))) {
      return true;
    }
    int further = nodes.furtherRowCount(node);
    for (int i = 0; i < further; i++) {
      if (contains(nodes.furtherRow(node, i))) {
        return true;
      }
    }
    return false;
  }

  /** Offers the rows with the node's vector. */
  void offer(int node, float score) {
    if (!results.wouldKeep(score) || !range.accepts(score)) {
      return;
    }
    offerRow(nodes.firstRow(node), score);
    int further = nodes.furtherRowCount(node);
    for (int i = 0; i < further && results.wouldKeep(score); i++) {
      offerRow(nodes.furtherRow(node, i), score);
    }
  }

  private void offerRow(int row, float score) {
    if (contains(row)) {
      results.offer(row, score);
    }
  }

  private boolean contains(int row) {
    return Integer.compareUnsigned(row, limit) < 0 && (allowed == null || allowed.contains(row));
  }
}

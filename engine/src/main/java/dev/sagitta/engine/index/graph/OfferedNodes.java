package dev.sagitta.engine.index.graph;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.index.ScoreRange;
import dev.sagitta.engine.schema.MetricType;
import java.util.Optional;

/** The nodes that one search may offer: rows below a limit, in a bitmap, with a score in range. */
public final class OfferedNodes {
  private final NodeRows rows;
  private final MetricType metric;
  private final int rowCount;
  private final int limit;
  private final RowBitmap allowed;
  private final ScoreRange range;

  /**
   * @param rows which rows the nodes are
   * @param metric the metric that the graph's distances are of
   * @param rowCount rows of the index
   * @param limit rows at or beyond it are not offered, nor are those beyond the bitmap
   * @param allowed empty allows all
   */
  public OfferedNodes(
      NodeRows rows,
      MetricType metric,
      int rowCount,
      int limit,
      Optional<RowBitmap> allowed,
      ScoreRange range) {
    this.rows = requireNonNull(rows, "rows is null");
    this.metric = requireNonNull(metric, "metric is null");
    this.rowCount = rowCount;
    this.allowed = allowed.orElse(null);
    this.limit = allowed.isPresent() ? Math.min(limit, allowed.get().rowCount()) : limit;
    this.range = requireNonNull(range, "range is null");
  }

  /** How many rows may be offered, scores aside. */
  public int cardinality() {
    return allowed == null ? limit : Math.min(limit, allowed.cardinality());
  }

  /** Whether rows may be refused for being too near. */
  public boolean hasInnerBound() {
    return range.hasInnerBound();
  }

  /** Whether a walk has to tell nodes apart while it goes. */
  public boolean isSelective() {
    return allowed != null || range.hasInnerBound() || limit < rowCount;
  }

  /** The first row at or after the given one that may be offered, scores aside, or -1. */
  public int nextRow(int row) {
    int next = allowed == null ? row : allowed.nextRow(row);
    return next < limit ? next : -1;
  }

  /** The row of a node. */
  public int row(int node) {
    return rows.row(node);
  }

  /** Whether the node may be offered, scores aside. */
  public boolean containsNode(int node) {
    int row = rows.row(node);
    return Integer.compareUnsigned(row, limit) < 0 && (allowed == null || allowed.contains(row));
  }

  /** 1 if the node may be offered, scores aside, else 0. */
  int bit(int node) {
    int row = rows.row(node);
    if (Integer.compareUnsigned(row, limit) >= 0) {
      return 0;
    }
    return allowed == null ? 1 : allowed.bit(row);
  }

  /** Whether the node may be offered with that distance. */
  public boolean contains(long candidate) {
    return containsNode(Candidate.node(candidate))
        && (!range.hasInnerBound() || range.accepts(score(Candidate.distance(candidate))));
  }

  /** Whether the score is in the range that the search asks for. */
  public boolean acceptsScore(float score) {
    return range.accepts(score);
  }

  /** The public score for a distance: distances are negated where a larger score is nearer. */
  public float score(float distance) {
    return switch (metric) {
      case L2 -> distance;
      case COSINE -> Math.clamp(-distance, -1f, 1f);
      default -> -distance;
    };
  }
}

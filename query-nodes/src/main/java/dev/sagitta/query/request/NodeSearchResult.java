package dev.sagitta.query.request;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.PrimaryKeys;
import java.util.List;
import java.util.Optional;

/**
 * A node's hits of all queries, flat: the first {@code hitCounts[0]} entries belong to query 0,
 * best first, without two hits of one primary key, and so on.
 *
 * @param hitCounts hits for each query
 * @param scores score of each hit, in the metric's public form
 * @param keys primary key of each hit
 * @param segmentIds segment of each hit; with {@code rows} the locator for a later fetch
 * @param rows row of each hit in its segment
 * @param fields the asked output fields, one row a hit; empty if none were asked for
 * @param groups group of each hit, see {@link Grouping}; empty if the search has no groups
 */
public record NodeSearchResult(
    int[] hitCounts,
    float[] scores,
    PrimaryKeys keys,
    long[] segmentIds,
    int[] rows,
    Optional<ColumnBatch> fields,
    Optional<List<Optional<Object>>> groups) {
  public NodeSearchResult {
    requireNonNull(hitCounts, "hitCounts is null");
    requireNonNull(scores, "scores is null");
    requireNonNull(keys, "keys is null");
    requireNonNull(segmentIds, "segmentIds is null");
    requireNonNull(rows, "rows is null");
    requireNonNull(fields, "fields is null");
    requireNonNull(groups, "groups is null");
  }

  /** Without groups. */
  public NodeSearchResult(
      int[] hitCounts,
      float[] scores,
      PrimaryKeys keys,
      long[] segmentIds,
      int[] rows,
      Optional<ColumnBatch> fields) {
    this(hitCounts, scores, keys, segmentIds, rows, fields, Optional.empty());
  }

  /** The same hits with their fields. */
  public NodeSearchResult withFields(ColumnBatch fetched) {
    return new NodeSearchResult(
        hitCounts, scores, keys, segmentIds, rows, Optional.of(fetched), groups);
  }
}

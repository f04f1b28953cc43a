package dev.sagitta.proxy;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.PrimaryKeys;
import java.util.Optional;

/**
 * Hits of all queries, flat: the first {@code hitCounts[0]} belong to query 0, best first, ties by
 * primary key, without two hits of one key, and so on.
 *
 * @param hitCounts hits of each query; one entry a query even without hits
 * @param keys primary key of each hit
 * @param scores score of each hit in the metric's public form
 * @param fields the asked output fields, one row a hit
 * @param position of a search iterator after this step
 */
public record SearchOutcome(
    int[] hitCounts,
    PrimaryKeys keys,
    float[] scores,
    ColumnBatch fields,
    Optional<SearchIteration.Position> position) {
  public SearchOutcome {
    requireNonNull(hitCounts, "hitCounts is null");
    requireNonNull(keys, "keys is null");
    requireNonNull(scores, "scores is null");
    requireNonNull(fields, "fields is null");
    requireNonNull(position, "position is null");
    if (keys.size() != scores.length || fields.rowCount() != scores.length) {
      throw new IllegalArgumentException(
          "hits of unequal count: keys="
              + keys.size()
              + " scores="
              + scores.length
              + " rows="
              + fields.rowCount());
    }
  }

  /** Of a search that is no step of an iterator. */
  public SearchOutcome(int[] hitCounts, PrimaryKeys keys, float[] scores, ColumnBatch fields) {
    this(hitCounts, keys, scores, fields, Optional.empty());
  }

  /** The same hits as a step of an iterator. */
  public SearchOutcome at(SearchIteration.Position reached) {
    return new SearchOutcome(hitCounts, keys, scores, fields, Optional.of(reached));
  }
}

package dev.sagitta.query.request;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What a search on a node does beyond the plain nearest rows.
 *
 * @param grouping hits by group; the request's {@code topK} then counts groups
 * @param boost changes of scores
 */
public record SearchOptions(
    RowVisibility visibility, Optional<Grouping> grouping, Optional<ScoreBoost> boost) {
  /** A plain search. */
  public static final SearchOptions PLAIN =
      new SearchOptions(RowVisibility.NEWEST, Optional.empty(), Optional.empty());

  public SearchOptions {
    requireNonNull(visibility, "visibility is null");
    requireNonNull(grouping, "grouping is null");
    requireNonNull(boost, "boost is null");
  }

  public SearchOptions withGrouping(Grouping changed) {
    return new SearchOptions(visibility, Optional.of(changed), boost);
  }
}

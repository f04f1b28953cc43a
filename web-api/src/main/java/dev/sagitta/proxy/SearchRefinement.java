package dev.sagitta.proxy;

import static java.util.Objects.requireNonNull;

import dev.sagitta.proxy.rank.Ranker;
import dev.sagitta.query.request.Grouping;
import dev.sagitta.query.request.ScoreBoost;
import java.util.Optional;

/**
 * What a search does beyond the nearest rows. The front end has checked what excludes what.
 *
 * @param ignoreGrowing leaves out rows of segments that still grow
 * @param grouping hits by group; limit and offset then count groups
 * @param boost changes scores while searching
 * @param ranker gives the hits new scores
 * @param iteration makes the search one step through all rows
 */
public record SearchRefinement(
    boolean ignoreGrowing,
    Optional<Grouping> grouping,
    Optional<ScoreBoost> boost,
    Optional<Ranker> ranker,
    Optional<SearchIteration> iteration) {
  /** A plain search. */
  public static final SearchRefinement NONE =
      new SearchRefinement(
          false, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  public SearchRefinement {
    requireNonNull(grouping, "grouping is null");
    requireNonNull(boost, "boost is null");
    requireNonNull(ranker, "ranker is null");
    requireNonNull(iteration, "iteration is null");
  }
}

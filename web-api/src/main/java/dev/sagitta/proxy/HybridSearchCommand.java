package dev.sagitta.proxy;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.ConsistencyLevel;
import dev.sagitta.proxy.rank.Ranker;
import dev.sagitta.proxy.rank.ScoreMode;
import dev.sagitta.query.request.Grouping;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Several searches of one collection whose hits become one list. The front end has checked limits.
 *
 * @param partitions partition names; empty means all
 * @param searches at least one, all of the same number of queries
 * @param limit hits wanted for each query, after the offset; with groups: groups
 * @param offset best hits (or groups) to leave out for each query
 * @param grouping hits by group
 * @param groupScore which of a group's scores orders the groups
 * @param roundDecimal decimals that final scores are rounded to, if wanted
 * @param outputFieldIds fields to answer, the primary key not necessarily among them
 * @param consistency empty means the collection's level
 */
public record HybridSearchCommand(
    CollectionDescriptor collection,
    List<String> partitions,
    List<SubSearch> searches,
    Ranker ranker,
    int limit,
    int offset,
    Optional<Grouping> grouping,
    ScoreMode groupScore,
    OptionalInt roundDecimal,
    boolean ignoreGrowing,
    List<Long> outputFieldIds,
    Optional<ConsistencyLevel> consistency) {
  public HybridSearchCommand {
    requireNonNull(collection, "collection is null");
    partitions = List.copyOf(requireNonNull(partitions, "partitions is null"));
    searches = List.copyOf(requireNonNull(searches, "searches is null"));
    requireNonNull(ranker, "ranker is null");
    requireNonNull(grouping, "grouping is null");
    requireNonNull(groupScore, "groupScore is null");
    requireNonNull(roundDecimal, "roundDecimal is null");
    outputFieldIds = List.copyOf(requireNonNull(outputFieldIds, "outputFieldIds is null"));
    requireNonNull(consistency, "consistency is null");
    if (limit < 1 || offset < 0 || searches.isEmpty()) {
      throw new IllegalArgumentException(
          "bad hybrid search: limit="
              + limit
              + " offset="
              + offset
              + " searches="
              + searches.size());
    }
  }

  /** Number of queries (nq). */
  public int queryCount() {
    return searches.getFirst().target().count();
  }
}

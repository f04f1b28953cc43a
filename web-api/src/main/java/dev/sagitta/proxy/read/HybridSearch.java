package dev.sagitta.proxy.read;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.proxy.HybridSearchCommand;
import dev.sagitta.proxy.SearchOutcome;
import dev.sagitta.proxy.SubSearch;
import dev.sagitta.proxy.rank.Ranker;
import dev.sagitta.query.hit.MergedHits;
import dev.sagitta.query.request.NodeSearchResult;
import dev.sagitta.query.request.SearchOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Several searches as one: every owner is asked for every search at once, the owners' hits are
 * merged search by search, a ranker gives each row found its final score, and only then the output
 * fields of the final hits are fetched.
 */
final class HybridSearch {
  private final RoutedReads reads;
  private final SearchPreparation preparation;
  private final NodeSearches nodeSearches;
  private final HitFields hitFields;

  HybridSearch(
      RoutedReads reads,
      SearchPreparation preparation,
      NodeSearches nodeSearches,
      HitFields hitFields) {
    this.reads = requireNonNull(reads, "reads is null");
    this.preparation = requireNonNull(preparation, "preparation is null");
    this.nodeSearches = requireNonNull(nodeSearches, "nodeSearches is null");
    this.hitFields = requireNonNull(hitFields, "hitFields is null");
  }

  SearchOutcome search(
      ReadScope scope, HybridSearchCommand command, SearchOptions options, Deadline deadline) {
    List<PreparedSearch> searches = new ArrayList<>();
    for (SubSearch search : command.searches()) {
      searches.add(
          preparation.prepare(scope, search, search.offset() + search.limit(), options, deadline));
    }
    command
        .ranker()
        .validate(searches.stream().map(PreparedSearch::metric).toList(), command.queryCount());
    return reads.read(
        scope, deadline, owners -> search(scope, owners, command, searches, deadline));
  }

  private SearchOutcome search(
      ReadScope scope,
      List<Owner> owners,
      HybridSearchCommand command,
      List<PreparedSearch> searches,
      Deadline deadline) {
    List<NodeSearchResult> results = nodeSearches.ask(scope, owners, searches, List.of(), deadline);
    List<MergedHits> merged = new ArrayList<>();
    for (int i = 0; i < searches.size(); i++) {
      int first = i * owners.size();
      merged.add(
          new NodeHits(results.subList(first, first + owners.size()))
              .merge(searches.get(i), command.searches().get(i).offset()));
    }
    FoundRows found = FoundRows.of(results, owners.size(), merged, command.queryCount());
    List<Owner> ownerOfResult =
        Collections.nCopies(searches.size(), owners).stream().flatMap(List::stream).toList();
    RankedHits ranked = rank(scope, command, searches, results, found, ownerOfResult, deadline);
    ColumnBatch fields =
        hitFields.fetch(
            scope, ownerOfResult, results, ranked.hits(), command.outputFieldIds(), deadline);
    return new SearchOutcome(
        ranked.hits().hitCounts(),
        HitScores.keysOf(results, ranked.hits()),
        HitScores.rounded(ranked.scores(), command.roundDecimal()),
        fields);
  }

  private RankedHits rank(
      ReadScope scope,
      HybridSearchCommand command,
      List<PreparedSearch> searches,
      List<NodeSearchResult> results,
      FoundRows found,
      List<Owner> ownerOfResult,
      Deadline deadline) {
    Ranker ranker = command.ranker();
    Optional<Column> input = Optional.empty();
    if (ranker.inputFieldId().isPresent()) {
      long fieldId = ranker.inputFieldId().getAsLong();
      input =
          Optional.of(
              hitFields
                  .fetch(scope, ownerOfResult, results, found.hits(), List.of(fieldId), deadline)
                  .column(fieldId));
    }
    List<MetricType> metrics = searches.stream().map(PreparedSearch::metric).toList();
    RankedHits.Builder ranked =
        new RankedHits.Builder(results, found, command, ranker.largerIsBetter(metrics));
    for (int query = 0; query < command.queryCount(); query++) {
      ranked.add(query, ranker.scores(found.candidates(query, metrics, input), deadline));
    }
    return ranked.build();
  }
}

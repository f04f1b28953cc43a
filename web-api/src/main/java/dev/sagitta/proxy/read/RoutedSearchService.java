package dev.sagitta.proxy.read;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.function.FieldFunctions;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.proxy.HybridSearchCommand;
import dev.sagitta.proxy.SearchCommand;
import dev.sagitta.proxy.SearchOutcome;
import dev.sagitta.proxy.SearchRefinement;
import dev.sagitta.proxy.SearchService;
import dev.sagitta.proxy.rank.ScoreMode;
import dev.sagitta.proxy.rank.model.RerankModel;
import dev.sagitta.proxy.rank.model.RerankModels;
import dev.sagitta.query.NodeReader;
import dev.sagitta.query.hit.MergedHits;
import dev.sagitta.query.request.Grouping;
import dev.sagitta.query.request.NodeSearchResult;
import dev.sagitta.query.request.RowVisibility;
import dev.sagitta.query.request.SearchOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Searches over the nodes that own the collection's shards. One node answers hits and fields at
 * once; several answer hits, of which the best are fetched afterwards.
 */
final class RoutedSearchService implements SearchService {
  private final ReadScopes scopes;
  private final RoutedReads reads;
  private final SearchPreparation preparation;
  private final NodeSearches nodeSearches;
  private final HitFields hitFields;
  private final HybridSearch hybridSearch;
  private final IterationSteps iterationSteps;
  private final RerankModels rerankModels;

  RoutedSearchService(
      ReadScopes scopes,
      NodeReader nodes,
      RoutedReads reads,
      NodeFanOut fanOut,
      RowReader rows,
      FieldFunctions functions,
      ReadTimestamps readTimestamps,
      RerankModels rerankModels) {
    this.scopes = requireNonNull(scopes, "scopes is null");
    this.reads = requireNonNull(reads, "reads is null");
    this.preparation = new SearchPreparation(rows, functions);
    this.nodeSearches = new NodeSearches(nodes, fanOut);
    this.hitFields = new HitFields(nodes, fanOut);
    this.hybridSearch = new HybridSearch(reads, preparation, nodeSearches, hitFields);
    this.rerankModels = requireNonNull(rerankModels, "rerankModels is null");
    this.iterationSteps = new IterationSteps(this::search, readTimestamps);
  }

  @Override
  public SearchOutcome search(SearchCommand command, Deadline deadline) {
    SearchRefinement refinement = command.refinement();
    if (refinement.iteration().isPresent()) {
      return iterationSteps.step(command, refinement.iteration().get(), deadline);
    }
    return search(
        command,
        command.offset() + command.limit(),
        RowVisibility.NEWEST.readTimestamp(),
        deadline);
  }

  /**
   * @param wanted hits wanted for each query, the offset included
   */
  private SearchOutcome search(
      SearchCommand command, int wanted, long readTimestamp, Deadline deadline) {
    SearchRefinement refinement = command.refinement();
    ReadScope scope =
        scopes.scope(command.collection(), command.partitions(), command.consistency());
    SearchOptions options =
        new SearchOptions(
            new RowVisibility(readTimestamp, refinement.ignoreGrowing()),
            refinement.grouping(),
            refinement.boost());
    if (refinement.ranker().isPresent()) {
      return hybridSearch.search(scope, ranked(command), options, deadline);
    }
    PreparedSearch search = preparation.prepare(scope, command.search(), wanted, options, deadline);
    return reads.read(scope, deadline, owners -> search(scope, owners, command, search, deadline));
  }

  @Override
  public SearchOutcome hybridSearch(HybridSearchCommand command, Deadline deadline) {
    ReadScope scope =
        scopes.scope(command.collection(), command.partitions(), command.consistency());
    SearchOptions options =
        new SearchOptions(
            new RowVisibility(RowVisibility.NEWEST.readTimestamp(), command.ignoreGrowing()),
            command.grouping(),
            Optional.empty());
    return hybridSearch.search(scope, command, options, deadline);
  }

  @Override
  public RerankModel rerankModel(Map<String, String> parameters) {
    return rerankModels.create(parameters);
  }

  private SearchOutcome search(
      ReadScope scope,
      List<Owner> owners,
      SearchCommand command,
      PreparedSearch search,
      Deadline deadline) {
    Optional<Grouping> grouping = search.options().grouping();
    boolean fieldsAtOnce = owners.size() == 1 && command.offset() == 0 && grouping.isEmpty();
    List<NodeSearchResult> results =
        nodeSearches.ask(
            scope,
            owners,
            List.of(search),
            fieldsAtOnce ? command.outputFieldIds() : List.of(),
            deadline);
    MergedHits hits = merged(results, search, command);
    Optional<ColumnBatch> fieldsFound = results.getFirst().fields();
    ColumnBatch fields =
        fieldsAtOnce && fieldsFound.isPresent() && fieldsFound.get().rowCount() == hits.size()
            ? fieldsFound.get()
            : hitFields.fetch(scope, owners, results, hits, command.outputFieldIds(), deadline);
    return new SearchOutcome(
        hits.hitCounts(),
        HitScores.keysOf(results, hits),
        HitScores.rounded(HitScores.scoresOf(results, hits), command.roundDecimal()),
        fields);
  }

  private static MergedHits merged(
      List<NodeSearchResult> results, PreparedSearch search, SearchCommand command) {
    MergedHits hits = new NodeHits(results).merge(search, command.offset());
    return search.options().grouping().isPresent()
        ? GroupPages.of(results, hits, command.offset())
        : hits;
  }

  /** A search with a ranker as a hybrid search of one field. */
  private static HybridSearchCommand ranked(SearchCommand command) {
    SearchRefinement refinement = command.refinement();
    return new HybridSearchCommand(
        command.collection(),
        command.partitions(),
        List.of(command.search().withWholePage()),
        refinement.ranker().orElseThrow(),
        command.limit(),
        command.offset(),
        refinement.grouping(),
        ScoreMode.MAX,
        command.roundDecimal(),
        refinement.ignoreGrowing(),
        command.outputFieldIds(),
        command.consistency());
  }
}

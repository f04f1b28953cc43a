package dev.sagitta.query.request;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.ColumnBatches;
import dev.sagitta.engine.column.VectorColumn;
import dev.sagitta.engine.index.Bm25Statistics;
import dev.sagitta.engine.index.IndexSearchParameters;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A search on one node.
 *
 * @param catalogVersion the node must know at least this catalog
 * @param vchannels which of the node's vchannels to search
 * @param partitionIds partitions to search; empty means all served ones
 * @param fieldId vector field
 * @param queries query vectors of the field's type, on the heap
 * @param topK rows wanted for each query
 * @param filter which rows count
 * @param outputFieldIds fields to answer with the hits; empty: none, they are fetched later
 * @param statistics for the metric BM25 what is known about all rows and the terms of all queries
 * @param options what the search does beyond the plain nearest rows
 */
public record NodeSearchRequest(
    long collectionId,
    long catalogVersion,
    List<String> vchannels,
    Set<Long> partitionIds,
    long fieldId,
    VectorColumn queries,
    int topK,
    IndexSearchParameters parameters,
    FilterText filter,
    List<Long> outputFieldIds,
    Optional<Bm25Statistics> statistics,
    SearchOptions options) {
  public NodeSearchRequest {
    vchannels = List.copyOf(vchannels);
    partitionIds = Set.copyOf(partitionIds);
    requireNonNull(queries, "queries is null");
    requireNonNull(parameters, "parameters is null");
    requireNonNull(filter, "filter is null");
    outputFieldIds = List.copyOf(outputFieldIds);
    requireNonNull(statistics, "statistics is null");
    requireNonNull(options, "options is null");
  }

  /** A plain search. */
  public NodeSearchRequest(
      long collectionId,
      long catalogVersion,
      List<String> vchannels,
      Set<Long> partitionIds,
      long fieldId,
      VectorColumn queries,
      int topK,
      IndexSearchParameters parameters,
      FilterText filter,
      List<Long> outputFieldIds,
      Optional<Bm25Statistics> statistics) {
    this(
        collectionId,
        catalogVersion,
        vchannels,
        partitionIds,
        fieldId,
        queries,
        topK,
        parameters,
        filter,
        outputFieldIds,
        statistics,
        SearchOptions.PLAIN);
  }

  /** The same search with other groups. */
  public NodeSearchRequest withGrouping(Grouping grouping) {
    return new NodeSearchRequest(
        collectionId,
        catalogVersion,
        vchannels,
        partitionIds,
        fieldId,
        queries,
        topK,
        parameters,
        filter,
        outputFieldIds,
        statistics,
        options.withGrouping(grouping));
  }

  /** The search for one of the queries alone. */
  public NodeSearchRequest ofQuery(int query) {
    return new NodeSearchRequest(
        collectionId,
        catalogVersion,
        vchannels,
        partitionIds,
        fieldId,
        (VectorColumn) ColumnBatches.select(queries, new int[] {query}),
        topK,
        parameters,
        filter,
        outputFieldIds,
        statistics,
        options);
  }

  /** Number of queries (nq). */
  public int queryCount() {
    return queries.rowCount();
  }
}

package dev.sagitta.query;

import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.index.Bm25Statistics;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.query.request.FetchRequest;
import dev.sagitta.query.request.NodeSearchRequest;
import dev.sagitta.query.request.NodeSearchResult;
import dev.sagitta.query.request.RetrieveRequest;
import dev.sagitta.query.request.RetrieveResult;
import dev.sagitta.query.request.TermStatisticsRequest;

/**
 * Reads on one node, local or remote: the proxy's only way to rows. Fails with {@link
 * dev.sagitta.coordinator.cluster.NodeUnavailableException} when the node is gone and with {@link
 * StaleRouteException} when it does not own a named vchannel (any more); both mean: route again.
 */
public interface NodeReader {
  /** Top-k over all served segments of the vchannels that the node owns. */
  NodeSearchResult search(String nodeId, NodeSearchRequest request, Deadline deadline);

  /** What BM25 must know about all rows that the node serves of its vchannels. */
  Bm25Statistics termStatistics(String nodeId, TermStatisticsRequest request, Deadline deadline);

  /** Rows that match a filter, smallest primary keys first, or their count. */
  RetrieveResult retrieve(String nodeId, RetrieveRequest request, Deadline deadline);

  /** Fields of rows found by {@link #search}, in the order of the locators. */
  ColumnBatch fetch(String nodeId, FetchRequest request, Deadline deadline);
}

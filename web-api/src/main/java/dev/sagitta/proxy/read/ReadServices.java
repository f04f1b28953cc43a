package dev.sagitta.proxy.read;

import dev.sagitta.coordinator.catalog.CatalogFollower;
import dev.sagitta.coordinator.time.TimestampOracle;
import dev.sagitta.engine.function.FieldFunctions;
import dev.sagitta.proxy.QueryService;
import dev.sagitta.proxy.SearchService;
import dev.sagitta.proxy.SessionWrites;
import dev.sagitta.proxy.rank.model.RerankModels;
import dev.sagitta.query.NodeReader;
import dev.sagitta.query.VchannelRouter;
import java.time.Duration;
import java.util.concurrent.ExecutorService;

/** The services that read, sharing one way to the nodes. */
public record ReadServices(SearchService searches, QueryService queries) {
  /**
   * Builds the services.
   *
   * @param executor asks further nodes of one request; the first is asked on the caller's thread
   * @param gracefulTime how stale a Bounded read may be
   * @param functions make vectors of texts
   * @param timestamps makes the timestamps that iterators read at
   * @param rerankModels judge hits
   */
  public static ReadServices create(
      CatalogFollower catalog,
      VchannelRouter router,
      NodeReader nodes,
      SessionWrites sessionWrites,
      ExecutorService executor,
      Duration gracefulTime,
      FieldFunctions functions,
      TimestampOracle timestamps,
      RerankModels rerankModels) {
    ReadScopes scopes = new ReadScopes(catalog, new Freshness(sessionWrites, gracefulTime));
    RoutedReads reads = new RoutedReads(router);
    NodeFanOut fanOut = new NodeFanOut(executor);
    ReadTimestamps readTimestamps = new ReadTimestamps(timestamps);
    RowReader rows = new RowReader(nodes, reads, fanOut);
    return new ReadServices(
        new RoutedSearchService(
            scopes, nodes, reads, fanOut, rows, functions, readTimestamps, rerankModels),
        new RoutedQueryService(scopes, rows, readTimestamps));
  }
}

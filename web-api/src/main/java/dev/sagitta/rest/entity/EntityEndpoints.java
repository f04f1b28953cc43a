package dev.sagitta.rest.entity;

import dev.sagitta.rest.Route;
import java.util.List;
import java.util.Set;

/** The rows' paths. */
public final class EntityEndpoints {
  private static final Set<String> ROWS = Set.of("data");

  private EntityEndpoints() {}

  public static List<Route> routes() {
    return List.of(
        Route.streaming("/entities/insert", "Insert", ROWS, new InsertEntities()),
        Route.streaming("/entities/upsert", "Upsert", ROWS, new UpsertEntities()),
        Route.of("/entities/delete", "Delete", new DeleteEntities()),
        Route.of("/entities/query", "Query", new QueryEntities()),
        Route.streaming("/entities/get", "Get", Set.of("id"), new GetEntities()),
        Route.streaming(
            "/entities/hybrid_search",
            "HybridSearch",
            HybridSearchEntities.STREAMED,
            new HybridSearchEntities()),
        Route.streaming(
            "/entities/advanced_search",
            "HybridSearch",
            HybridSearchEntities.STREAMED,
            new HybridSearchEntities()),
        Route.streaming("/entities/search", "Search", Set.of("data", "ids"), new SearchEntities()));
  }
}

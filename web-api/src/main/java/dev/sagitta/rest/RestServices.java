package dev.sagitta.rest;

import static java.util.Objects.requireNonNull;

import dev.sagitta.coordinator.catalog.CatalogFollower;
import dev.sagitta.coordinator.root.RootCoordinator;
import dev.sagitta.engine.function.FieldFunctions;
import dev.sagitta.proxy.QueryService;
import dev.sagitta.proxy.SearchService;
import dev.sagitta.proxy.WriteService;
import dev.sagitta.query.LoadProgress;
import dev.sagitta.query.VchannelRouter;

/** Everything that endpoints call. */
public record RestServices(
    CatalogFollower catalog,
    RootCoordinator rootCoordinator,
    VchannelRouter router,
    LoadProgress loadProgress,
    WriteService writes,
    SearchService searches,
    QueryService queries,
    FieldFunctions functions,
    RestSettings settings,
    RestMetrics metrics) {
  public RestServices {
    requireNonNull(catalog, "catalog is null");
    requireNonNull(rootCoordinator, "rootCoordinator is null");
    requireNonNull(router, "router is null");
    requireNonNull(loadProgress, "loadProgress is null");
    requireNonNull(writes, "writes is null");
    requireNonNull(searches, "searches is null");
    requireNonNull(queries, "queries is null");
    requireNonNull(functions, "functions is null");
    requireNonNull(settings, "settings is null");
    requireNonNull(metrics, "metrics is null");
  }
}

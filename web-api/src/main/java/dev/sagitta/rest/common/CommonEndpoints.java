package dev.sagitta.rest.common;

import dev.sagitta.rest.Route;
import java.util.List;

/** The common paths. */
public final class CommonEndpoints {
  private CommonEndpoints() {}

  public static List<Route> routes() {
    return List.of(Route.of("/common/run_analyzer", "RunAnalyzer", new RunAnalyzer()));
  }
}

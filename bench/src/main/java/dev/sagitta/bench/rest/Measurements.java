package dev.sagitta.bench.rest;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.List;

/** Measures workloads one after the other and prints a line for each. */
final class Measurements {
  private static final int WARM_UP_CONNECTIONS = 4;

  private final RestServer server;
  private final BenchmarkOptions options;

  Measurements(RestServer server, BenchmarkOptions options) {
    this.server = requireNonNull(server, "server is null");
    this.options = requireNonNull(options, "options is null");
  }

  /** Sends every request once. */
  void once(Workload workload, int connections) throws IOException {
    LoadReport report =
        LoadRun.run(
            server, workload, connections, workload.requests().size(), Integer.MAX_VALUE / 2);
    System.out.println(report.line(workload, connections));
  }

  /** Sends the requests again and again, over each of the numbers of connections for some time. */
  void load(Workload workload) throws IOException {
    load(workload, options.connections());
  }

  /** As {@link #load(Workload)}, over these numbers of connections. */
  void load(Workload workload, List<Integer> connections) throws IOException {
    if (!isWanted(workload.name())) {
      return;
    }
    try {
      LoadRun.run(server, workload, WARM_UP_CONNECTIONS, Integer.MAX_VALUE, options.seconds());
      for (int count : connections) {
        LoadReport report =
            LoadRun.run(server, workload, count, Integer.MAX_VALUE, options.seconds());
        System.out.println(report.line(workload, count));
      }
    } catch (RefusedRequestException e) {
      System.out.printf("%-44s refused: %s%n", workload.name(), e.getMessage());
    }
  }

  boolean isWanted(String name) {
    return name.contains(options.only());
  }
}

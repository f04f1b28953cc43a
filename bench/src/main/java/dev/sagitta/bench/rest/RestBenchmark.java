package dev.sagitta.bench.rest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Load over the REST API of a running server: writes real data, then sends requests of each kind
 * over several numbers of connections, and prints a line for each with rate, latency and the
 * processor time that server and load generator took.
 */
public final class RestBenchmark {
  private RestBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    BenchmarkOptions options;
    try {
      options = BenchmarkOptions.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    try (RestServer server = new RestServer(options.host(), options.port())) {
      Measurements measurements = new Measurements(server, options);
      for (Path folder : options.folders()) {
        String name =
            options.keep().orElseGet(() -> "bench_" + System.currentTimeMillis())
                + "_"
                + folder.getFileName();
        try (BenchmarkCollection collection =
            new BenchmarkCollection(server, name, options.keep().isPresent())) {
          if (Files.exists(folder.resolve("base.jsonl.gz"))) {
            new PackagesBenchmark(server, measurements, folder).run(collection);
          } else {
            new WordsBenchmark(server, measurements, folder).run(collection);
          }
        }
      }
    }
  }
}

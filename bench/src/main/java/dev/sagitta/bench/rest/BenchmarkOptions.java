package dev.sagitta.bench.rest;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The command line of the benchmark.
 *
 * @param seconds duration of each measurement
 * @param connections numbers of connections to measure with
 * @param only workloads whose name contains this are measured
 * @param keep prefix of the collections' names, which then are kept, and used again by a later run;
 *     otherwise they are dropped at the end
 * @param folders data: packages where there is a {@code base.jsonl.gz}, otherwise vectors alone
 */
record BenchmarkOptions(
    String host,
    int port,
    int seconds,
    List<Integer> connections,
    String only,
    Optional<String> keep,
    List<Path> folders) {
  static final String USAGE =
      "usage: rest [--seconds N] [--connections N,N...] [--only TEXT] [--keep NAME]"
          + " HOST PORT FOLDER...";

  BenchmarkOptions {
    requireNonNull(host, "host is null");
    connections = List.copyOf(connections);
    requireNonNull(only, "only is null");
    requireNonNull(keep, "keep is null");
    folders = List.copyOf(folders);
  }

  /** Parses; {@link IllegalArgumentException} with what to say otherwise. */
  static BenchmarkOptions parse(String[] arguments) {
    int seconds = 10;
    List<Integer> connections = List.of(1, 8, 32);
    String only = "";
    Optional<String> keep = Optional.empty();
    List<String> others = new ArrayList<>();
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--seconds" -> seconds = Integer.parseInt(value(arguments, ++i));
        case "--connections" ->
            connections =
                Arrays.stream(value(arguments, ++i).split(",")).map(Integer::valueOf).toList();
        case "--only" -> only = value(arguments, ++i);
        case "--keep" -> keep = Optional.of(value(arguments, ++i));
        default -> others.add(arguments[i]);
      }
    }
    if (others.size() < 3) {
      throw new IllegalArgumentException(USAGE);
    }
    return new BenchmarkOptions(
        others.get(0),
        Integer.parseInt(others.get(1)),
        seconds,
        connections,
        only,
        keep,
        others.subList(2, others.size()).stream().map(Path::of).toList());
  }

  private static String value(String[] arguments, int index) {
    if (index == arguments.length) {
      throw new IllegalArgumentException(USAGE);
    }
    return arguments[index];
  }
}

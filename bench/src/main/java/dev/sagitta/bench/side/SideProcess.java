package dev.sagitta.bench.side;

import dev.sagitta.bench.data.DataSet;
import dev.sagitta.bench.data.GroundTruth;
import dev.sagitta.bench.data.QueryRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The harness's end of the protocol: one side's process. */
public final class SideProcess implements AutoCloseable {
  private static final Duration LOAD = Duration.ofMinutes(2);
  private static final Duration BUILD = Duration.ofMinutes(20);
  private static final Duration SEARCH = Duration.ofMinutes(5);
  private static final int KIBIBYTE = 1024;

  private final LineProcess process;

  public SideProcess(LineProcess process) {
    this.process = process;
  }

  /** Has the side read the data set. */
  public void load(DataSet data) throws IOException {
    ask(
        "load "
            + String.join(
                " ",
                data.baseFile().toString(),
                data.queryFile().toString(),
                data.metric().name(),
                Integer.toString(data.rows())),
        "loaded",
        LOAD);
  }

  public BuildReport build(Map<String, String> parameters) throws IOException {
    String[] numbers = ask("build" + text(parameters), "built", BUILD);
    return new BuildReport(
        Long.parseLong(numbers[1]),
        Long.parseLong(numbers[2]),
        Long.parseLong(numbers[3]),
        memory("Rss"),
        memory("AnonHugePages"));
  }

  /** Restricts following searches to rows by a file of bits; empty lifts the restriction. */
  public void filter(Optional<Path> bits) throws IOException {
    ask("filter " + bits.map(Path::toString).orElse("none"), "filtered", LOAD);
  }

  public SearchReport search(QueryRange range, Map<String, String> parameters) throws IOException {
    String[] numbers =
        ask("search " + range.from() + " " + range.to() + text(parameters), "searched", SEARCH);
    int[] rows = new int[range.count() * GroundTruth.TOP_K];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Integer.parseInt(numbers[6 + i]);
    }
    return new SearchReport(
        Long.parseLong(numbers[1]),
        Long.parseLong(numbers[2]),
        Long.parseLong(numbers[3]),
        Long.parseLong(numbers[4]),
        heapBytes(Long.parseLong(numbers[5])),
        rows);
  }

  private static OptionalLong heapBytes(long bytes) {
    return bytes < 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
  }

  @Override
  public void close() {
    process.close();
  }

  private String[] ask(String line, String expected, Duration timeout) throws IOException {
    String answer = process.ask(line, timeout);
    String[] words = answer.split(" ", -1);
    if (!words[0].equals(expected)) {
      throw process.failure(answer, line);
    }
    return words;
  }

  private static String text(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(entry -> " " + entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining());
  }

  /** A line of the kernel's account of the process's memory, in bytes; 0 where there is none. */
  private long memory(String name) throws IOException {
    Path account = Path.of("/proc", Long.toString(process.pid()), "smaps_rollup");
    if (!Files.isReadable(account)) {
      return 0;
    }
    List<String> lines = Files.readAllLines(account);
    return lines.stream()
        .filter(line -> line.startsWith(name + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * KIBIBYTE)
        .findFirst()
        .orElse(0);
  }
}

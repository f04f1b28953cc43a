package dev.sagitta.bench.side;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.sagitta.bench.data.GroundTruth;
import dev.sagitta.bench.data.QueryRange;
import dev.sagitta.engine.schema.MetricType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers the commands of the package's protocol with a {@link Side} of this JVM. */
public final class SideServer {
  private final Side side;
  private final ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private SideServer(Side side) {
    this.side = side;
  }

  /** Serves standard input until it ends; nothing else may write to standard output meanwhile. */
  public static void serve(Side side) throws Exception {
    PrintStream replies = System.out;
    System.setOut(System.err);
    SideServer server = new SideServer(side);
    try (side;
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      for (String line = commands.readLine(); line != null; line = commands.readLine()) {
        replies.println(server.reply(line));
        replies.flush();
      }
    }
  }

  private String reply(String line) {
    List<String> words = List.of(line.split(" ", -1));
    try {
      return switch (words.getFirst()) {
        case "load" -> load(words);
        case "build" -> build(parameters(words, 1));
        case "filter" -> filter(words.get(1));
        case "search" ->
            search(
                new QueryRange(Integer.parseInt(words.get(1)), Integer.parseInt(words.get(2))),
                parameters(words, 3));
        default -> throw new IllegalArgumentException("unknown command: " + line);
      };
    } catch (Exception failure) {
      failure.printStackTrace();
      return "failed " + failure;
    }
  }

  private String load(List<String> words) throws Exception {
    side.load(
        SideData.read(
            Path.of(words.get(1)),
            Path.of(words.get(2)),
            MetricType.valueOf(words.get(3)),
            Integer.parseInt(words.get(4))));
    return "loaded";
  }

  private String build(Map<String, String> parameters) throws Exception {
    long cpu = system.getProcessCpuTime();
    long wall = System.nanoTime();
    long bytes = side.build(parameters);
    wall = System.nanoTime() - wall;
    cpu = system.getProcessCpuTime() - cpu;
    return "built " + wall + " " + cpu + " " + bytes;
  }

  private String filter(String file) throws IOException {
    side.filter(
        file.equals("none")
            ? Optional.empty()
            : Optional.of(BitSet.valueOf(Files.readAllBytes(Path.of(file)))));
    return "filtered";
  }

  private String search(QueryRange range, Map<String, String> parameters) throws Exception {
    side.use(parameters);
    AnswerRows answer = new AnswerRows(range.count(), GroundTruth.TOP_K);
    long[] latencies = new long[range.count()];
    long heap = threads.getCurrentThreadAllocatedBytes();
    long cpu = threads.getCurrentThreadCpuTime();
    long start = System.nanoTime();
    long before = start;
    for (int query = range.from(); query < range.to(); query++) {
      answer.nextQuery();
      side.search(query, answer);
      long after = System.nanoTime();
      latencies[query - range.from()] = after - before;
      before = after;
    }
    cpu = threads.getCurrentThreadCpuTime() - cpu;
    heap = threads.getCurrentThreadAllocatedBytes() - heap;
    Arrays.sort(latencies);
    StringBuilder reply = new StringBuilder(16 * answer.rows().length);
    reply.append("searched ").append(before - start).append(' ').append(cpu);
    reply.append(' ').append(latencies[latencies.length / 2]);
    reply.append(' ').append(latencies[latencies.length * 99 / 100]);
    reply.append(' ').append(heap);
    for (int row : answer.rows()) {
      reply.append(' ').append(row);
    }
    return reply.toString();
  }

  private static Map<String, String> parameters(List<String> words, int from) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String word : words.subList(from, words.size())) {
      int equals = word.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException("not NAME=VALUE: " + word);
      }
      parameters.put(word.substring(0, equals), word.substring(equals + 1));
    }
    return parameters;
  }
}

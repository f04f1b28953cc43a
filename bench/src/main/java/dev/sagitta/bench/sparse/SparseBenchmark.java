package dev.sagitta.bench.sparse;

import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.schema.MetricType;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Compares top-10 searches, one thread, the sides in turns on the same queries, by processor time
 * of the thread. Parameters may be tuned on the first half of the queries; the second half is
 * reported.
 *
 * <p>Arguments: the folder of the package data, then {@code tune} or {@code report} (the default),
 * then the number of rounds.
 */
public final class SparseBenchmark {
  private static final int LIMIT = 10;
  private static final int WARM_UP_ROUNDS = 10;
  private static final List<String> ALGORITHMS =
      List.of("DAAT_MAXSCORE", "DAAT_WAND", "TAAT_NAIVE");

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final PrintStream out;
  private final int rounds;

  private SparseBenchmark(PrintStream out, int rounds) {
    this.out = out;
    this.rounds = rounds;
  }

  /** Runs both comparisons. */
  public static void main(String[] arguments) throws IOException {
    Path data = Path.of(arguments[0]);
    boolean tune = arguments.length > 1 && arguments[1].equals("tune");
    int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 30;
    PackageTexts texts = PackageTexts.read(data);
    int half = texts.queries().size() / 2;
    List<int[]> queries =
        tune ? texts.queries().subList(0, half) : texts.queries().subList(half, 2 * half);
    Path directory = Files.createTempDirectory("sparse-benchmark");
    try {
      SparseBenchmark benchmark = new SparseBenchmark(System.out, rounds);
      benchmark.bm25(directory, texts, queries);
      benchmark.learned(directory, texts, queries);
    } finally {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted((left, right) -> right.compareTo(left)).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private void bm25(Path directory, PackageTexts texts, List<int[]> queries) throws IOException {
    List<QueryVector.Sparse> rows = SparseVectors.frequencies(texts.documents());
    List<QueryVector.Sparse> vectors = SparseVectors.frequencies(queries);
    List<SearchSide> sides = new ArrayList<>();
    sides.add(new LuceneSide(directory.resolve("lucene"), texts, queries));
    for (String algorithm : ALGORITHMS) {
      Path file = directory.resolve("bm25-" + algorithm);
      sides.add(new SagittaSide(file, MetricType.BM25, algorithm, rows, vectors));
    }
    compare("BM25", sides, queries.size());
  }

  private void learned(Path directory, PackageTexts texts, List<int[]> queries) throws IOException {
    Random random = new Random(7);
    List<QueryVector.Sparse> rows =
        SparseVectors.learned(texts.documents(), texts, 100, 200, random);
    List<QueryVector.Sparse> vectors = SparseVectors.learned(queries, texts, 20, 40, random);
    List<SearchSide> sides = new ArrayList<>();
    for (String algorithm : List.of("TAAT_NAIVE", "DAAT_MAXSCORE")) {
      Path file = directory.resolve("learned-" + algorithm);
      sides.add(new SagittaSide(file, MetricType.IP, algorithm, rows, vectors));
    }
    compare("learned, IP", sides, queries.size());
  }

  private void compare(String title, List<SearchSide> sides, int queryCount) throws IOException {
    for (int round = 0; round < WARM_UP_ROUNDS; round++) {
      for (SearchSide side : sides) {
        round(side, new long[queryCount]);
      }
    }
    long[][] totals = new long[sides.size()][rounds];
    long[][] best = new long[sides.size()][queryCount];
    for (long[] nanos : best) {
      Arrays.fill(nanos, Long.MAX_VALUE);
    }
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < sides.size(); i++) {
        long[] nanos = new long[queryCount];
        totals[i][round] = round(sides.get(i), nanos);
        for (int query = 0; query < queryCount; query++) {
          best[i][query] = Math.min(best[i][query], nanos[query]);
        }
      }
    }
    double first = median(totals[0]);
    out.printf(
        Locale.ROOT,
        "%-12s %-14s %9s %7s %8s %8s %10s %8s%n",
        title,
        "side",
        "QPS",
        "ratio",
        "p50 us",
        "p99 us",
        "KiB",
        "overlap");
    for (int i = 0; i < sides.size(); i++) {
      double total = median(totals[i]);
      Arrays.sort(best[i]);
      out.printf(
          Locale.ROOT,
          "%-12s %-14s %9.0f %7.2f %8.1f %8.1f %10d %8.4f%n",
          "",
          sides.get(i).name(),
          queryCount * 1e9 / total,
          first / total,
          best[i][queryCount / 2] / 1e3,
          best[i][queryCount * 99 / 100] / 1e3,
          sides.get(i).sizeInBytes() >> 10,
          overlap(sides.getLast(), sides.get(i), queryCount));
    }
    for (SearchSide side : sides) {
      side.close();
    }
  }

  private static long round(SearchSide side, long[] nanos) throws IOException {
    long before = THREADS.getCurrentThreadCpuTime();
    for (int query = 0; query < nanos.length; query++) {
      long start = System.nanoTime();
      int[] rows = side.search(query, LIMIT);
      nanos[query] = System.nanoTime() - start;
      if (rows.length > LIMIT) {
        throw new IllegalStateException("too many rows: side=" + side.name());
      }
    }
    return THREADS.getCurrentThreadCpuTime() - before;
  }

  private static double overlap(SearchSide exact, SearchSide side, int queryCount)
      throws IOException {
    long wanted = 0;
    long found = 0;
    for (int query = 0; query < queryCount; query++) {
      Set<Integer> expected =
          Arrays.stream(exact.search(query, LIMIT)).boxed().collect(Collectors.toSet());
      wanted += expected.size();
      Set<Integer> actual = new HashSet<>();
      IntStream.of(side.search(query, LIMIT)).forEach(actual::add);
      actual.retainAll(expected);
      found += actual.size();
    }
    return (double) found / wanted;
  }

  private static double median(long[] values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}

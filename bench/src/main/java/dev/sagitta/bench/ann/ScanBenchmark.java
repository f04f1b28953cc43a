package dev.sagitta.bench.ann;

import dev.sagitta.bench.data.DataSet;
import dev.sagitta.bench.data.QueryRange;
import dev.sagitta.bench.side.LineProcess;
import dev.sagitta.bench.side.SearchReport;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The exact scan's bytes per second beside what the machine can read in sequence, measured in turns
 * over the same amount of memory, in processor time of one thread (a thread that waits for memory
 * uses its processor).
 */
final class ScanBenchmark {
  private static final Duration TIMEOUT = Duration.ofMinutes(1);
  private static final int ROUNDS = 15;
  private static final int QUERIES_MAX = 40;

  private final DataSet data;
  private final Launcher launcher;

  ScanBenchmark(DataSet data, Launcher launcher) {
    this.data = data;
    this.launcher = launcher;
  }

  /** A Markdown table. */
  String run(SideDefinition flat) throws IOException {
    long bytes = data.rawBytes() * data.rows();
    QueryRange queries = new QueryRange(0, Math.min(QUERIES_MAX, data.tuning().count()));
    double[] scan = new double[ROUNDS];
    double[] program = new double[ROUNDS];
    double[] java = new double[ROUNDS];
    double[] shares = new double[ROUNDS];
    try (RunningSide side = RunningSide.start(flat, data, true);
        LineProcess programProbe = launcher.tool("read_probe", Long.toString(bytes));
        LineProcess javaProbe =
            launcher.javaProcess("ReadProbe", ReadProbe.class.getName(), Long.toString(bytes))) {
      for (int warmUp = 0; warmUp < ROUNDS; warmUp++) {
        side.search(Optional.empty(), queries, Map.of());
      }
      for (int round = 0; round < ROUNDS; round++) {
        SearchReport report = side.search(Optional.empty(), queries, Map.of());
        scan[round] = bytes * 1e9 * queries.count() / report.cpuNanos();
        program[round] = read(programProbe);
        java[round] = read(javaProbe);
      }
    }
    double limit = Math.max(Medians.of(program), Medians.of(java));
    for (int round = 0; round < ROUNDS; round++) {
      shares[round] = scan[round] / Math.max(program[round], java[round]);
    }
    return String.format(
        Locale.ROOT,
        "### %s: exact scan of %,d MiB%n%n"
            + "| | GB/s |%n|---|---|%n| FLAT | %.2f |%n| sequential read, C++ | %.2f |%n"
            + "| sequential read, Java | %.2f |%n%n"
            + "Share of the read limit: %.2f (median of the rounds' shares %.2f)%n%n",
        data.name(),
        bytes >> 20,
        Medians.of(scan) / 1e9,
        Medians.of(program) / 1e9,
        Medians.of(java) / 1e9,
        Medians.of(scan) / limit,
        Medians.of(shares));
  }

  private static double read(LineProcess probe) throws IOException {
    return Double.parseDouble(probe.ask("read", TIMEOUT).split(" ", -1)[1]);
  }
}

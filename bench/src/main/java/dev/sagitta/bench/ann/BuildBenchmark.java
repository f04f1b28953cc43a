package dev.sagitta.bench.ann;

import dev.sagitta.bench.data.DataSet;
import dev.sagitta.bench.data.GroundTruth;
import dev.sagitta.bench.side.BuildReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Build times with one thread and with two, and hnswlib's with one; each build in a process of its
 * own, the three in turns. Recall at one effort shows that the graphs are equally good.
 */
final class BuildBenchmark {
  private static final String EFFORT = "64";

  private final DataSet data;
  private final GroundTruth truth;
  private final int repetitions;

  BuildBenchmark(DataSet data, GroundTruth truth, int repetitions) {
    this.data = data;
    this.truth = truth;
    this.repetitions = repetitions;
  }

  private static final class Row {
    private final String name;
    private final SideDefinition definition;
    private final List<BuildReport> builds = new ArrayList<>();
    private double recall;

    Row(String name, SideDefinition definition) {
      this.name = name;
      this.definition = definition;
    }

    double median(Clock clock) {
      return Medians.of(builds.stream().mapToDouble(clock::seconds).toArray());
    }
  }

  /** A Markdown table. */
  String run(SideDefinition reference, SideDefinition ours) throws IOException {
    Row theirs = new Row(reference.name() + ", 1 thread", reference);
    Row one = new Row(ours.name() + ", 1 thread", ours);
    Row two = new Row(ours.name() + ", 2 threads", ours.withBuild("threads", "2"));
    for (int repetition = 0; repetition < repetitions; repetition++) {
      for (Row row : List.of(theirs, one, two)) {
        build(row);
      }
    }
    StringBuilder table = new StringBuilder(1024);
    table.append(
        String.format(
            Locale.ROOT,
            "### %s: build%n%n| | wall, s | processor, s | recall at ef %s |%n|---|---|---|---|%n",
            data.name(),
            EFFORT));
    for (Row row : List.of(theirs, one, two)) {
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %.1f | %.1f | %.4f |%n",
              row.name,
              row.median(Clock.WALL),
              row.median(Clock.CPU),
              row.recall));
    }
    return table
        .append(
            String.format(
                Locale.ROOT,
                "%nRatio to %s with one thread: %.2f (processor time %.2f)."
                    + " Two threads against one: %.2f times as fast.%n%n",
                reference.name(),
                one.median(Clock.WALL) / theirs.median(Clock.WALL),
                one.median(Clock.CPU) / theirs.median(Clock.CPU),
                one.median(Clock.WALL) / two.median(Clock.WALL)))
        .toString();
  }

  private void build(Row row) throws IOException {
    try (RunningSide side = RunningSide.start(row.definition, data, true)) {
      row.builds.add(side.build());
      row.recall =
          truth.recall(
              data.reporting(),
              side.search(Optional.empty(), data.reporting(), Map.of("ef", EFFORT)).rows());
    }
  }
}

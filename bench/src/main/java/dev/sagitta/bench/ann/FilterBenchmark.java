package dev.sagitta.bench.ann;

import dev.sagitta.bench.data.DataSet;
import dev.sagitta.bench.data.GroundTruth;
import dev.sagitta.bench.data.RowFilter;
import dev.sagitta.bench.data.RowFilters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Searches with filters of many selectivities, relative to the search without filter. */
final class FilterBenchmark {
  private static final double RECALL = 0.95;
  private static final double[] SHARES = {0.001, 0.01, 0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.99};

  private final DataSet data;
  private final ParetoBenchmark benchmark;
  private final List<RowFilter> filters;
  private final List<GroundTruth> truths;

  FilterBenchmark(DataSet data, int repetitions) throws IOException, InterruptedException {
    this.data = data;
    this.benchmark = new ParetoBenchmark(data, repetitions);
    this.filters = new RowFilters(data).of(SHARES);
    this.truths = GroundTruth.filtered(data, filters);
  }

  /**
   * A Markdown table of one side; the search without filter is measured anew beside each filter.
   *
   * @param truth the right answers without filter
   */
  String run(RunningSide side, GroundTruth truth) throws IOException {
    Trial first = new Trial(side, truth, Optional.empty());
    first.choosePoints(data.tuning());
    first.keepPointsAround(RECALL);
    StringBuilder table = new StringBuilder(4096);
    table.append(
        String.format(
            Locale.ROOT,
            "### %s: filtered %s at recall %.2f%n%n"
                + "| filter | rows | QPS | without filter | ratio |%n|---|---|---|---|---|%n",
            data.name(),
            side.name(),
            RECALL));
    double worst = Double.POSITIVE_INFINITY;
    for (int filter = 0; filter < filters.size(); filter++) {
      Trial unfiltered = first.again();
      Trial filtered = new Trial(side, truths.get(filter), Optional.of(bits(filters.get(filter))));
      filtered.choosePoints(data.tuning());
      filtered.keepPointsAround(RECALL);
      benchmark.measure(List.of(unfiltered, filtered));
      Optional<Double> ratio = filtered.ratioAt(RECALL, Clock.CPU, unfiltered);
      worst = Math.min(worst, ratio.orElse(0.0));
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %.1f %% | %s | %s | %s |%n",
              filters.get(filter).kind().text(),
              100 * filters.get(filter).share(),
              rate(filtered),
              rate(unfiltered),
              ratio.map(value -> String.format(Locale.ROOT, "%.2f", value)).orElse("-")));
    }
    return table.append(String.format(Locale.ROOT, "%nWorst ratio: %.2f%n%n", worst)).toString();
  }

  private static String rate(Trial trial) {
    return trial
        .rateAt(RECALL, Clock.CPU)
        .map(
            reading ->
                String.format(Locale.ROOT, "%,.0f", reading.value())
                    + (reading.recall() > RECALL
                        ? String.format(Locale.ROOT, " at %.3f", reading.recall())
                        : ""))
        .orElse("-");
  }

  private Path bits(RowFilter filter) throws IOException {
    Path file = data.cache().toAbsolutePath().resolve("rows-" + filter.fileName() + ".bits");
    Files.write(file, filter.rows().toByteArray());
    return file;
  }
}

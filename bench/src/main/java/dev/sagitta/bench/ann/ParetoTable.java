package dev.sagitta.bench.ann;

import dev.sagitta.bench.data.DataSet;
import dev.sagitta.bench.side.SearchReport;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The results of one data set as Markdown. */
final class ParetoTable {
  private static final double[] RECALLS = {0.90, 0.95, 0.99};
  private static final double LATENCY_RECALL = 0.95;

  private final DataSet data;
  private final List<Trial> trials;
  private final Optional<Trial> reference;

  ParetoTable(DataSet data, List<Trial> trials) {
    this.data = data;
    this.trials = trials;
    this.reference =
        trials.stream()
            .filter(trial -> trial.side().name().equals(PeerSides.REFERENCE))
            .findFirst();
  }

  String text() {
    StringBuilder text = new StringBuilder(4096);
    for (Clock clock : Clock.values()) {
      text.append(
          String.format(
              Locale.ROOT,
              "### %s, %,d x %d, %s: queries per second by %s (ratio to %s)%n%n",
              data.name(),
              data.rows(),
              data.dimension(),
              data.metric(),
              clock.text(),
              PeerSides.REFERENCE));
      text.append(
          "| side | build, s | bytes/vector, all (beyond raw) | recall 0.90 | 0.95 | 0.99 |"
              + " p50 / p99 at 0.95, us | heap/search, bytes | process, MiB (in huge pages) |\n"
              + "|---|---|---|---|---|---|---|---|---|\n");
      for (Trial trial : trials) {
        text.append(row(trial, clock));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private String row(Trial trial, Clock clock) {
    RunningSide side = trial.side();
    double bytes = (double) side.build().bytes() / data.rows();
    StringBuilder row = new StringBuilder(200);
    row.append("| ").append(side.definition().ours() ? "**" + side.name() + "**" : side.name());
    row.append(
        String.format(
            Locale.ROOT,
            " | %s%.1f%s | %,.0f (%+,.0f)",
            side.builtAlone() ? "" : "~",
            clock.seconds(side.build()),
            reference
                .filter(other -> side.builtAlone() && other != trial)
                .map(other -> clock.seconds(side.build()) / clock.seconds(other.side().build()))
                .map(ratio -> String.format(Locale.ROOT, " (%.2f)", ratio))
                .orElse(""),
            bytes,
            bytes - data.rawBytes()));
    for (double recall : RECALLS) {
      row.append(" | ").append(rate(trial, recall, clock));
    }
    row.append(" | ").append(latency(trial, SearchReport::p50Nanos));
    row.append(" / ").append(latency(trial, SearchReport::p99Nanos));
    row.append(" | ").append(heap(trial));
    row.append(
        String.format(
            Locale.ROOT,
            " | %,d (%,d)",
            side.build().residentBytes() >> 20,
            side.build().hugePageBytes() >> 20));
    return row.append(" |\n").toString();
  }

  private String rate(Trial trial, double recall, Clock clock) {
    Optional<Curve.Reading> rate = trial.rateAt(recall, clock);
    if (rate.isEmpty()) {
      return "-";
    }
    String ratio =
        reference
            .filter(other -> other != trial)
            .flatMap(other -> trial.ratioAt(recall, clock, other))
            .map(value -> String.format(Locale.ROOT, " (%.2f)", value))
            .orElse("");
    return String.format(
        Locale.ROOT, "%,.0f%s%s", rate.get().value(), ratio, beyond(rate.get(), recall));
  }

  /** Says so if the least effort finds more than asked for. */
  private static String beyond(Curve.Reading reading, double recall) {
    return reading.recall() > recall
        ? String.format(Locale.ROOT, " at %.3f", reading.recall())
        : "";
  }

  /** What a search left on the heap, the most of all points. */
  private static String heap(Trial trial) {
    return trial
        .heapBytesOfSearch()
        .map(bytes -> String.format(Locale.ROOT, "%,.0f", bytes))
        .orElse("-");
  }

  private static String latency(Trial trial, ToDoubleFunction<SearchReport> percentile) {
    return trial
        .latencyAt(LATENCY_RECALL, percentile)
        .map(reading -> String.format(Locale.ROOT, "%.0f", reading.value() / 1000))
        .orElse("-");
  }
}

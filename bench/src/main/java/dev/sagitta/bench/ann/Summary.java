package dev.sagitta.bench.ann;

import dev.sagitta.bench.data.DataSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The few numbers of one data set by which the engine is judged. */
final class Summary {
  private static final String GRAPH = "HNSW";
  private static final String DISK = "DISKANN";
  private static final List<String> COMPACT =
      List.of("COMPACT_GRAPH", "HNSW_SQ8", "HNSW_SQ4U", "HNSW_PQ", "HNSW_PRQ");

  private final DataSet data;
  private final List<Trial> trials;

  Summary(DataSet data, List<Trial> trials) {
    this.data = data;
    this.trials = trials;
  }

  String text() {
    StringBuilder text = new StringBuilder(1024);
    text.append(
        String.format(Locale.ROOT, "### %s: summary%n%n| what | |%n|---|---|%n", data.name()));
    for (Clock clock : Clock.values()) {
      for (double recall : new double[] {0.95, 0.99}) {
        String at = String.format(Locale.ROOT, " at %.2f, by %s", recall, clock.text());
        row(text, "HNSW to hnswlib" + at, ratio(GRAPH, PeerSides.REFERENCE, recall, clock));
        row(text, "best compact codes to hnswlib" + at, bestCompact(recall, clock));
      }
      row(text, "DISKANN to HNSW at 0.95, by " + clock.text(), ratio(DISK, GRAPH, 0.95, clock));
      row(text, "build of HNSW to hnswlib, by " + clock.text(), build(clock));
    }
    row(text, "HNSW, bytes per vector beyond raw", bytesBeyondRaw(GRAPH));
    row(
        text,
        "DISKANN, memory as a share of the raw vectors",
        trial(DISK)
            .map(
                trial ->
                    decimal(
                        (double) trial.side().build().bytes() / data.rows() / data.rawBytes())));
    return text.append('\n').toString();
  }

  private static void row(StringBuilder text, String what, Optional<String> value) {
    value.ifPresent(
        number -> text.append("| ").append(what).append(" | ").append(number).append(" |\n"));
  }

  private Optional<String> ratio(String side, String reference, double recall, Clock clock) {
    return trial(side)
        .flatMap(trial -> trial(reference).flatMap(other -> trial.ratioAt(recall, clock, other)))
        .map(Summary::decimal);
  }

  /** The best of the compact graphs at this recall, with its name. */
  private Optional<String> bestCompact(double recall, Clock clock) {
    Optional<Trial> reference = trial(PeerSides.REFERENCE);
    Optional<String> best = Optional.empty();
    double largest = 0;
    for (String name : COMPACT) {
      Optional<Double> ratio =
          reference.flatMap(
              other -> trial(name).flatMap(trial -> trial.ratioAt(recall, clock, other)));
      if (ratio.isPresent() && ratio.get() > largest) {
        largest = ratio.get();
        best = Optional.of(decimal(largest) + " (" + name + ")");
      }
    }
    return best;
  }

  private Optional<String> build(Clock clock) {
    Function<Trial, Double> seconds = trial -> clock.seconds(trial.side().build());
    return trial(GRAPH)
        .flatMap(
            ours ->
                trial(PeerSides.REFERENCE)
                    .map(theirs -> decimal(seconds.apply(ours) / seconds.apply(theirs))));
  }

  private Optional<String> bytesBeyondRaw(String side) {
    return trial(side)
        .map(
            trial ->
                String.format(
                    Locale.ROOT,
                    "%.0f",
                    (double) trial.side().build().bytes() / data.rows() - data.rawBytes()));
  }

  private Optional<Trial> trial(String name) {
    return trials.stream().filter(trial -> trial.side().name().equals(name)).findFirst();
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}

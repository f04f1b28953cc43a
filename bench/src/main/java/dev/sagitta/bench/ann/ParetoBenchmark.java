package dev.sagitta.bench.ann;

import dev.sagitta.bench.data.DataSet;
import java.io.IOException;
import java.util.List;

/** Rate against recall of several sides over one data set. */
final class ParetoBenchmark {
  private final DataSet data;
  private final int repetitions;

  ParetoBenchmark(DataSet data, int repetitions) {
    this.data = data;
    this.repetitions = repetitions;
  }

  /** Chooses each side's points on the first half of the queries and measures them. */
  void run(List<Trial> trials) throws IOException {
    for (Trial trial : trials) {
      trial.choosePoints(data.tuning());
      System.err.printf(
          "%s: %s has %d points%n", data.name(), trial.side().name(), trial.points().size());
    }
    measure(trials);
  }

  /**
   * Measures the chosen points on the second half of the queries: one point of every side in turn,
   * so that whatever else the machine does hurts all alike.
   */
  void measure(List<Trial> trials) throws IOException {
    int pointsMax = trials.stream().mapToInt(trial -> trial.points().size()).max().orElse(0);
    for (int repetition = 0; repetition < repetitions; repetition++) {
      for (int point = 0; point < pointsMax; point++) {
        for (Trial trial : trials) {
          if (point < trial.points().size()) {
            trial.measure(point, data.reporting());
          }
        }
      }
    }
  }
}

package dev.sagitta.bench.ann;

import dev.sagitta.bench.side.BuildReport;
import dev.sagitta.bench.side.SearchReport;

/** What time is counted in. */
enum Clock {
  /** Time that passes, whatever else the machine does. */
  WALL("wall clock"),
  /** Processor time: of the searching thread, or of the whole process for a build. */
  CPU("processor time");

  private final String text;

  Clock(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  double rate(Measurement measurement, SearchReport report) {
    return this == WALL ? measurement.wallRate(report) : measurement.cpuRate(report);
  }

  double seconds(BuildReport report) {
    return this == WALL ? report.wallSeconds() : report.cpuSeconds();
  }
}

package dev.sagitta.bench.ann;

import dev.sagitta.bench.data.DataSet;
import dev.sagitta.bench.side.SearchReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes every single measurement to a CSV file. */
final class RawPoints implements AutoCloseable {
  private final PrintWriter writer;

  RawPoints(Path file) throws IOException {
    writer = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8));
    writer.println("data,side,parameters,queries,repetition,recall,wall_ns,cpu_ns,p50_ns,p99_ns");
  }

  void add(DataSet data, List<Trial> trials) {
    for (Trial trial : trials) {
      for (int point = 0; point < trial.points().size(); point++) {
        OperatingPoint chosen = trial.points().get(point);
        Measurement measurement = trial.measurements().get(point);
        for (int repetition = 0; repetition < measurement.reports().size(); repetition++) {
          SearchReport report = measurement.reports().get(repetition);
          writer.printf(
              "%s,%s,%s,%d,%d,%.5f,%d,%d,%d,%d%n",
              data.name(),
              trial.side().name(),
              text(chosen.parameters()),
              data.reporting().count(),
              repetition,
              measurement.recall(),
              report.wallNanos(),
              report.cpuNanos(),
              report.p50Nanos(),
              report.p99Nanos());
        }
      }
    }
    writer.flush();
  }

  @Override
  public void close() {
    writer.close();
  }

  private static String text(Map<String, String> parameters) {
    return new TreeMap<>(parameters)
        .entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(" "));
  }
}

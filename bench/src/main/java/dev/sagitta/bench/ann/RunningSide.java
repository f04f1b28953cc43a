package dev.sagitta.bench.ann;

import dev.sagitta.bench.data.DataSet;
import dev.sagitta.bench.data.QueryRange;
import dev.sagitta.bench.side.BuildReport;
import dev.sagitta.bench.side.SearchReport;
import dev.sagitta.bench.side.SideProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A side with its index built. */
final class RunningSide implements AutoCloseable {
  private final SideDefinition definition;
  private final SideProcess process;
  private final BuildReport build;
  private final boolean builtAlone;
  private Optional<Path> filter = Optional.empty();

  private RunningSide(
      SideDefinition definition, SideProcess process, BuildReport build, boolean builtAlone) {
    this.definition = definition;
    this.process = process;
    this.build = build;
    this.builtAlone = builtAlone;
  }

  /**
   * Starts the side and builds its index.
   *
   * @param builtAlone whether nothing else is built at the same time
   */
  static RunningSide start(SideDefinition definition, DataSet data, boolean builtAlone)
      throws IOException {
    SideProcess process = definition.start().start();
    try {
      process.load(data);
      return new RunningSide(definition, process, process.build(definition.build()), builtAlone);
    } catch (IOException failure) {
      process.close();
      throw failure;
    }
  }

  SideDefinition definition() {
    return definition;
  }

  String name() {
    return definition.name();
  }

  BuildReport build() {
    return build;
  }

  boolean builtAlone() {
    return builtAlone;
  }

  /**
   * Searches.
   *
   * @param rows file with the bits of the rows allowed; empty means all
   */
  SearchReport search(Optional<Path> rows, QueryRange range, Map<String, String> parameters)
      throws IOException {
    if (!rows.equals(filter)) {
      process.filter(rows);
      filter = rows;
    }
    return process.search(range, parameters);
  }

  @Override
  public void close() {
    process.close();
  }
}

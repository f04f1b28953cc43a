package dev.sagitta.bench.ann;

import static java.util.Objects.requireNonNull;

import dev.sagitta.bench.side.SideProcess;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * A side of the comparison.
 *
 * @param name in tables and pictures
 * @param ours whether it is an index family of Sagitta
 * @param exactOrder whether answers are ordered by exact distances, not by those of codes
 * @param start starts its process
 * @param build parameters of the build
 * @param sweep parameters of the search
 */
record SideDefinition(
    String name,
    boolean ours,
    boolean exactOrder,
    Start start,
    Map<String, String> build,
    Sweep sweep) {
  /** Starts a side's process. */
  interface Start {
    SideProcess start() throws IOException;
  }

  SideDefinition {
    requireNonNull(name, "name is null");
    requireNonNull(start, "start is null");
    build = Map.copyOf(build);
    requireNonNull(sweep, "sweep is null");
  }

  SideDefinition withBuild(String parameter, String value) {
    Map<String, String> changed = new HashMap<>(build);
    changed.put(parameter, value);
    return new SideDefinition(name, ours, exactOrder, start, changed, sweep);
  }
}

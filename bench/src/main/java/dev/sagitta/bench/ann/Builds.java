package dev.sagitta.bench.ann;

import dev.sagitta.bench.data.DataSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Starts sides and builds their indexes, each on one thread. The build times that matter are taken
 * alone on the machine; the others are built several at a time, to save time.
 */
final class Builds {
  private static final List<String> ALONE = List.of(PeerSides.REFERENCE, "HNSW", "COMPACT_GRAPH");

  private final DataSet data;
  private final int lanes;

  /**
   * @param lanes how many builds run at a time, of those that need not be alone
   */
  Builds(DataSet data, int lanes) {
    this.data = data;
    this.lanes = lanes;
  }

  /** Sides in the order given; those that fail are reported and left out. */
  List<RunningSide> run(List<SideDefinition> definitions) throws IOException {
    Map<SideDefinition, RunningSide> running = new HashMap<>();
    List<SideDefinition> together = new ArrayList<>();
    for (SideDefinition definition : definitions) {
      if (lanes == 1 || ALONE.contains(definition.name())) {
        started(definition, true, running);
      } else {
        together.add(definition);
      }
    }
    try (ExecutorService executor = Executors.newFixedThreadPool(lanes)) {
      List<Future<?>> builds = new ArrayList<>();
      for (SideDefinition definition : together) {
        builds.add(executor.submit(() -> started(definition, false, running)));
      }
      for (Future<?> build : builds) {
        build.get();
      }
    } catch (ExecutionException failure) {
      throw new IOException("a build failed", failure.getCause());
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while building", interruption);
    }
    return definitions.stream().filter(running::containsKey).map(running::get).toList();
  }

  private void started(
      SideDefinition definition, boolean alone, Map<SideDefinition, RunningSide> running) {
    try {
      RunningSide side = RunningSide.start(definition, data, alone);
      System.err.printf(
          "%s: %s built in %.1f s%n", data.name(), side.name(), side.build().wallSeconds());
      synchronized (running) {
        running.put(definition, side);
      }
    } catch (IOException failure) {
      System.err.println(data.name() + ": " + definition.name() + " left out: " + failure);
    }
  }
}

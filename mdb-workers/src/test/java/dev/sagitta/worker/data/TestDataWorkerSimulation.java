package dev.sagitta.worker.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every acknowledged write is seen exactly once by a Strong read, no deleted row comes back, counts
 * agree, whenever nodes die, sessions end and requests fail. One seed is one history; {@code
 * -Dsagitta.simulation.seed} replays it, {@code -Dsagitta.simulation.seeds} sets how many are run.
 */
class TestDataWorkerSimulation {
  private static final int STEPS = 600;

  @TempDir Path directory;

  @Test
  void testEveryAcknowledgedWriteIsThereOnce() {
    long first = Long.getLong("sagitta.simulation.seed", System.nanoTime() & 0xFFFFFF);
    int seeds =
        System.getProperty("sagitta.simulation.seed") == null
            ? Integer.getInteger("sagitta.simulation.seeds", 20)
            : 1;
    int crashes = 0;
    int truncations = 0;
    int fieldsAdded = 0;
    try (ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1)) {
      for (long seed = first; seed < first + seeds; seed++) {
        Simulation simulation =
            new Simulation(seed, directory.resolve(Long.toString(seed)), scheduler);
        try {
          simulation.run(STEPS);
        } catch (RuntimeException | AssertionError e) {
          throw new AssertionError("simulation failed: seed=" + seed, e);
        }
        crashes += simulation.crashes();
        truncations += simulation.truncations();
        fieldsAdded += simulation.fieldsAdded();
        assertThat(simulation.written()).isPositive();
      }
    }
    assertThat(crashes).as("crashes in all seeds").isPositive();
    if (seeds >= 5) {
      assertThat(truncations).as("truncations in all seeds").isPositive();
      assertThat(fieldsAdded).as("fields added in all seeds").isPositive();
    }
  }
}

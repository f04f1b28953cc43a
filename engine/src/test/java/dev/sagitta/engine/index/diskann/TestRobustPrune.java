package dev.sagitta.engine.index.diskann;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.ClusteredVectors;
import dev.sagitta.engine.index.OffHeapVectors;
import dev.sagitta.engine.index.ReferenceSearch;
import dev.sagitta.engine.index.graph.Candidate;
import dev.sagitta.engine.schema.MetricType;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestRobustPrune {
  private static final int ROWS = 200;

  @TempDir Path directory;

  /** Checking candidates one by one selects what striking out covered ones selects. */
  @Test
  void testSelectsAsThePaperDoes() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    ClusteredVectors source = new ClusteredVectors(random, ROWS, 7);
    float[][] rows = distinct(source);
    try (Arena arena = Arena.ofShared();
        DistinctVectors vectors =
            DistinctVectors.of(
                new OffHeapVectors(arena, 30, rows),
                MetricType.L2,
                BuildProgress.NONE,
                directory.resolve("scratch"))) {
      assertThat(vectors.nodeCount()).isEqualTo(ROWS);
      RobustPrune prune = new RobustPrune(vectors, ROWS);
      for (int round = 0; round < 50; round++) {
        int base = random.nextInt(ROWS);
        float alpha = 1 + random.nextFloat();
        int limit = 1 + random.nextInt(20);
        long[] candidates = candidates(rows, base);
        prune.select(candidates, candidates.length, alpha, limit);
        List<Integer> selected =
            Arrays.stream(prune.selected()).limit(prune.count()).boxed().toList();
        assertThat(selected)
            .as("base=%d alpha=%s limit=%d seed=%d", base, alpha, limit, seed)
            .isEqualTo(asInThePaper(rows, candidates, alpha, limit));
      }
    }
  }

  private static float[][] distinct(ClusteredVectors source) {
    float[][] rows = source.draw(ROWS);
    for (int row = 0; row < ROWS; row++) {
      rows[row] = rows[row].clone();
      rows[row][0] += row * 0.001f;
    }
    return rows;
  }

  private static long[] candidates(float[][] rows, int base) {
    long[] candidates = new long[ROWS - 1];
    int count = 0;
    for (int node = 0; node < ROWS; node++) {
      if (node != base) {
        candidates[count++] = Candidate.of((float) distance(rows, base, node), node);
      }
    }
    Arrays.sort(candidates);
    return candidates;
  }

  private static List<Integer> asInThePaper(
      float[][] rows, long[] candidates, float alpha, int limit) {
    List<Long> left = new ArrayList<>(Arrays.stream(candidates).boxed().toList());
    List<Integer> selected = new ArrayList<>();
    while (!left.isEmpty() && selected.size() < limit) {
      int nearest = Candidate.node(left.removeFirst());
      selected.add(nearest);
      left.removeIf(
          candidate ->
              alpha * Math.sqrt(distance(rows, nearest, Candidate.node(candidate)))
                  <= Math.sqrt(Candidate.distance(candidate)));
    }
    return selected;
  }

  private static double distance(float[][] rows, int left, int right) {
    return ReferenceSearch.score(MetricType.L2, rows[left], rows[right]);
  }
}

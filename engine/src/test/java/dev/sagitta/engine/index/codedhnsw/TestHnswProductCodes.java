package dev.sagitta.engine.index.codedhnsw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.ClusteredVectors;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.OffHeapVectors;
import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.index.VectorIndex;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.storage.BlockFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Graphs over every code find what they should, with exact scores. */
class TestHnswProductCodes {
  private static final int ROWS = 1500;
  private static final IndexFileIdentity IDENTITY = new IndexFileIdentity(1, 2, 3, 4);

  @TempDir private Path directory;

  @Test
  void testEveryRowFindsItself() throws IOException {
    found(CodedHnswIndexType.product(), Map.of("m", "8", "nbits", "6"));
    found(CodedHnswIndexType.productResidual(), Map.of("m", "8", "nbits", "4"));
    for (String code : new String[] {"SQ4U", "SQ6", "SQ8", "BF16", "FP16"}) {
      found(CodedHnswIndexType.scalar(), Map.of("sq_type", code));
    }
  }

  /** As many rows as usual, but none, one or a few with a vector to learn codes from. */
  @Test
  void testFewOrNoVectorsBesideNulls() throws IOException {
    Random random = new Random(7);
    float[][] rows = new ClusteredVectors(random, ROWS, 32).draw(ROWS);
    for (CodedHnswIndexType type :
        List.of(CodedHnswIndexType.product(), CodedHnswIndexType.productResidual())) {
      Map<String, String> parameters = type.validateBuildParameters(Map.of("m", "8"), 32);
      for (int every : new int[] {ROWS + 1, ROWS, ROWS / 3}) {
        Path target = directory.resolve("index" + System.nanoTime());
        try (Arena arena = Arena.ofShared()) {
          OffHeapVectors vectors =
              new OffHeapVectors(
                  arena, DataType.FLOAT_VECTOR, 400, rows, row -> (row + 1) % every != 0, true);
          type.build(vectors, MetricType.L2, parameters, IDENTITY, BuildProgress.NONE, target);
          try (VectorIndex index = type.open(BlockFile.map(target, arena), vectors, IDENTITY)) {
            TopRows results = new TopRows(10, false);
            index.search(
                QueryVector.of(rows[3]), IndexSearchParameters.DEFAULT, Optional.empty(), results);
            assertThat(results.size()).as(type.name()).isEqualTo(ROWS / every);
          }
        }
      }
    }
  }

  private void found(CodedHnswIndexType type, Map<String, String> parameters) throws IOException {
    long seed = System.nanoTime();
    float[][] rows = new ClusteredVectors(new Random(seed), ROWS, 32).draw(ROWS);
    Map<String, String> all = new HashMap<>(parameters);
    all.putAll(Map.of("M", "8", "efConstruction", "60", "refine", "true"));
    IndexSearchParameters search =
        new IndexSearchParameters(
            Map.of("ef", "64", "refine_k", "6.5"), OptionalDouble.empty(), OptionalDouble.empty());
    for (MetricType metric : new MetricType[] {MetricType.L2, MetricType.COSINE}) {
      String label = type.name() + parameters + metric + " seed=" + seed;
      Path target = directory.resolve("index" + System.nanoTime());
      try (Arena arena = Arena.ofShared()) {
        OffHeapVectors vectors = new OffHeapVectors(arena, 400, rows);
        Map<String, String> complete = type.validateBuildParameters(all, 32);
        type.build(vectors, metric, complete, IDENTITY, BuildProgress.NONE, target);
        try (VectorIndex index = type.open(BlockFile.map(target, arena), vectors, IDENTITY)) {
          int found = 0;
          for (int row = 0; row < 100; row++) {
            TopRows results = new TopRows(10, metric.largerIsNearer());
            index.search(QueryVector.of(rows[row]), search, Optional.empty(), results);
            results.sortBestFirst();
            float expected = metric == MetricType.L2 ? 0 : 1;
            found += Math.abs(results.scoreAt(0) - expected) < 1e-5 ? 1 : 0;
          }
          assertThat(found).as(label).isGreaterThan(90);
        }
      }
    }
  }
}

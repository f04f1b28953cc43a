package dev.sagitta.engine.index.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.engine.AllocatedBytes;
import dev.sagitta.engine.TestGroups;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.index.AbstractVectorIndexTypeTest;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.ClusteredVectors;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.OffHeapVectors;
import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.index.VectorIndex;
import dev.sagitta.engine.index.VectorIndexType;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.storage.BlockFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TestCompactGraphIndexType extends AbstractVectorIndexTypeTest {
  @Override
  protected VectorIndexType type() {
    return new CompactGraphIndexType();
  }

  @Override
  protected Map<String, String> buildParameters() {
    return Map.of("M", "16", "efConstruction", "100");
  }

  @Override
  protected double recallFloor() {
    return 0.9;
  }

  @Test
  void testBuildParameters() {
    assertThat(type().validateBuildParameters(Map.of(), 4))
        .containsExactlyInAnyOrderEntriesOf(Map.of("M", "16", "efConstruction", "200"));
    assertThatThrownBy(() -> type().validateBuildParameters(Map.of("M", "1"), 4))
        .isInstanceOf(SagittaException.class)
        .hasMessageContaining("Out of range in json: param 'M' (1) should be in range [2, 2048]");
  }

  @Test
  void testMoreLinksThanABlockHasSlots() throws IOException {
    OffHeapVectors vectors =
        new OffHeapVectors(arena, 100, new ClusteredVectors(random, 900, 24).draw(900));
    for (String m : new String[] {"4", "20", "48"}) {
      Path target = directory.resolve("m" + m);
      Map<String, String> parameters = Map.of("M", m, "efConstruction", "80");
      type().build(vectors, MetricType.L2, parameters, IDENTITY, BuildProgress.NONE, target);
      try (VectorIndex index = type().open(BlockFile.map(target, arena), vectors, IDENTITY)) {
        float[] query = new float[24];
        int found = 0;
        for (int row = 0; row < 300; row++) {
          vectors.copyVector(row, query, 0);
          TopRows results = new TopRows(1, false);
          index.search(
              QueryVector.of(query), IndexSearchParameters.DEFAULT, Optional.empty(), results);
          found += results.size() == 1 && results.scoreAt(0) == 0 ? 1 : 0;
        }
        // Four links a row leave a few rows of a cluster out of reach; a wrong slot loses many.
        assertThat(found).as("M=" + m + " seed=" + seed).isGreaterThan(270);
      }
    }
  }

  /** The resource was written by the first release, whose nodes had no codes of their own. */
  @Test
  void testFileOfTheFirstReleaseIsRead() throws IOException {
    float[][] rows = new float[40][6];
    for (int i = 0; i < 40 * 6; i++) {
      rows[i / 6][i % 6] = i * 7919 % 1009;
    }
    OffHeapVectors vectors = new OffHeapVectors(arena, 100, rows);
    Path file = directory.resolve("first");
    try (InputStream resource = getClass().getResourceAsStream("version-1.index")) {
      Files.copy(resource, file);
    }
    IndexFileIdentity identity = new IndexFileIdentity(1, 2, 3, 4);
    IndexSearchParameters ef =
        new IndexSearchParameters(
            Map.of("ef", "4"), OptionalDouble.empty(), OptionalDouble.empty());
    try (VectorIndex index = type().open(BlockFile.map(file, arena), vectors, identity)) {
      int found = 0;
      for (int row = 0; row < 40; row++) {
        TopRows results = new TopRows(1, false);
        index.search(QueryVector.of(rows[row]), ef, Optional.empty(), results);
        found += results.size() == 1 && results.scoreAt(0) == 0 ? 1 : 0;
      }
      assertThat(found).isGreaterThan(36);
    }
  }

  @Tag(TestGroups.ALLOCATION)
  @Test
  void testSearchesLeaveAlmostNoGarbage() throws IOException {
    float[][] rows = new ClusteredVectors(random, 3000, 40).draw(3000);
    QueryVector query = QueryVector.of(rows[7]);
    IndexSearchParameters ef =
        new IndexSearchParameters(
            Map.of("ef", "100"), OptionalDouble.empty(), OptionalDouble.empty());
    try (VectorIndex index = buildAndOpen(MetricType.L2, rows)) {
      long allocated =
          AllocatedBytes.untilAtMost(
              100 * 1000,
              () -> {
                for (int i = 0; i < 100; i++) {
                  index.search(query, ef, Optional.empty(), new TopRows(10, false));
                }
              });
      // What the caller's result, the range and the filter take; no vectors, pools or tables.
      assertThat(allocated / 100).isLessThan(1000);
    }
  }
}

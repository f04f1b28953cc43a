package dev.sagitta.engine.index.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.ClusteredVectors;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.OffHeapVectors;
import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.index.ReferenceSearch;
import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.index.VectorIndex;
import dev.sagitta.engine.index.graph.RecordBlocks;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.storage.BlockFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rounded vectors are trusted in construction only where they tell neighbours apart. */
class TestRoundingCheck {
  private static final int ROWS = 4000;
  private static final int DIMENSION = 24;
  private static final int TOP_K = 10;

  @TempDir private Path directory;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @Test
  void testOrdinaryVectorsAreToldApart() {
    assertThat(tellsApart(rows(0))).as("seed=%d", seed).isTrue();
  }

  @Test
  void testEqualVectorsNeedNotBeToldApart() {
    assertThat(tellsApart(new float[ROWS][DIMENSION])).isTrue();
    assertThat(tellsApart(new float[1][DIMENSION])).isTrue();
    assertThat(tellsApart(new float[0][])).isTrue();
  }

  @Test
  void testFarVectorsConfuseTheOthers() {
    assertThat(tellsApart(rows(100))).as("seed=%d", seed).isFalse();
  }

  /** A hundredth of the rows far away must not cost the others their neighbours. */
  @Test
  void testFarVectorsCostNoRecall() throws IOException {
    float[][] rows = rows(100);
    Path file = directory.resolve("index");
    IndexFileIdentity identity = new IndexFileIdentity(1, 2, 3, 4);
    IndexSearchParameters search =
        new IndexSearchParameters(
            Map.of("ef", "64"), OptionalDouble.empty(), OptionalDouble.empty());
    int found = 0;
    int queries = 100;
    try (Arena arena = Arena.ofShared()) {
      OffHeapVectors vectors = new OffHeapVectors(arena, ROWS, rows);
      HnswIndexType type = new HnswIndexType();
      Map<String, String> parameters = new HnswParameters(16, 100).toMap();
      type.build(vectors, MetricType.L2, parameters, identity, BuildProgress.NONE, file);
      VectorIndex index = type.open(BlockFile.map(file, arena), vectors, identity);
      for (int query = 0; query < queries; query++) {
        float[] base = rows[1 + query];
        Set<Integer> expected =
            new HashSet<>(ReferenceSearch.nearest(MetricType.L2, rows, base, TOP_K, row -> true));
        TopRows results = new TopRows(TOP_K, false);
        index.search(QueryVector.of(base), search, Optional.empty(), results);
        for (int i = 0; i < results.size(); i++) {
          found += expected.contains(results.rowAt(i)) ? 1 : 0;
        }
      }
    }
    assertThat(found).as("seed=%d", seed).isGreaterThan((int) (0.92 * TOP_K * queries));
  }

  /** Clustered vectors, of which every one of so many is 10,000 away; none if 0. */
  private float[][] rows(int farEvery) {
    float[][] near = new ClusteredVectors(random, ROWS, DIMENSION).draw(ROWS);
    float[][] rows = new float[ROWS][];
    for (int row = 0; row < ROWS; row++) {
      rows[row] = near[row].clone();
      if (farEvery > 0 && row % farEvery == 0) {
        rows[row][random.nextInt(DIMENSION)] += 10_000;
      }
    }
    return rows;
  }

  private static boolean tellsApart(float[][] rows) {
    try (Arena arena = Arena.ofConfined()) {
      int bytes = VectorNodes.vectorBytes(DataType.FLOAT_VECTOR, DIMENSION);
      VectorNodes nodes =
          new VectorNodes(
              DataType.FLOAT_VECTOR,
              MetricType.L2,
              DIMENSION,
              RecordBlocks.over(
                  arena.allocate((long) bytes * rows.length, RecordBlocks.ALIGNMENT_BYTES),
                  bytes,
                  rows.length));
      for (int row = 0; row < rows.length; row++) {
        nodes.set(row, rows[row]);
      }
      ConstructionCodes codes = ConstructionCodes.of(nodes, rows.length, arena);
      return new RoundingCheck(new VectorDistances(nodes), codes.newDistances(), rows.length)
          .tellsApart();
    }
  }
}

package dev.sagitta.engine.index.hnsw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.VectorListColumn;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.index.RandomLists;
import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.index.VectorIndex;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.storage.BlockFile;
import dev.sagitta.engine.storage.UnusableFileException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Graphs of the vectors of lists, against the definition of the lists' scores. */
final class TestHnswLists {
  private static final IndexFileIdentity IDENTITY = new IndexFileIdentity(1, 2, 3, 4);
  private static final int TOP = 10;
  private static final IndexSearchParameters PARAMETERS =
      new IndexSearchParameters(Map.of("ef", "40"), OptionalDouble.empty(), OptionalDouble.empty());

  private final long seed = Long.getLong("sagitta.test.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final HnswIndexType type = new HnswIndexType();

  @TempDir private Path directory;
  private Arena arena;

  /** Closed after each test. */
  @SuppressWarnings("MustBeClosedChecker")
  @BeforeEach
  void allocate() {
    arena = Arena.ofShared();
    System.out.println("seed=" + seed);
  }

  @AfterEach
  void free() {
    arena.close();
  }

  private MemorySegment build(VectorListColumn lists, MetricType metric) throws IOException {
    Path target = directory.resolve("index");
    Map<String, String> parameters =
        type.validateBuildParameters(Map.of("M", "8", "efConstruction", "40"), lists.dimension());
    type.build(lists, metric, parameters, IDENTITY, BuildProgress.NONE, target);
    return BlockFile.map(target, arena);
  }

  private VectorIndex buildAndOpen(RandomLists rows, MetricType metric) throws IOException {
    VectorListColumn lists = rows.column();
    return type.open(build(lists, metric), lists, IDENTITY);
  }

  private static TopRows search(
      VectorIndex index, MetricType metric, QueryVector query, Optional<RowBitmap> allowed) {
    TopRows results = new TopRows(TOP, metric.largerIsNearer());
    index.search(query, PARAMETERS, allowed, results);
    results.sortBestFirst();
    return results;
  }

  @ParameterizedTest
  @EnumSource(names = {"MAX_SIM_COSINE", "MAX_SIM_IP", "MAX_SIM_L2"})
  void findsNearestLists(MetricType metric) throws IOException {
    RandomLists.WithQueries drawn = RandomLists.drawWithQueries(random, 8, 250, 4, 30);
    RowBitmap some = new RowBitmap(250);
    for (int row = 0; row < 250; row++) {
      if (random.nextInt(3) == 0) {
        some.add(row);
      }
    }
    try (VectorIndex index = buildAndOpen(drawn.rows(), metric)) {
      assertThat(index.rowCount()).isEqualTo(250);
      assertRecall(drawn, index, metric, Optional.empty());
      assertRecall(drawn, index, metric, Optional.of(some));
    }
  }

  private void assertRecall(
      RandomLists.WithQueries drawn,
      VectorIndex index,
      MetricType metric,
      Optional<RowBitmap> allowed) {
    int found = 0;
    for (QueryVector query : drawn.queries()) {
      List<Integer> nearest =
          drawn
              .rows()
              .nearest(metric, query, row -> allowed.isEmpty() || allowed.get().contains(row));
      Set<Integer> expected = new HashSet<>(nearest.subList(0, TOP));
      TopRows results = search(index, metric, query, allowed);
      assertThat(results.size()).as("seed=" + seed).isEqualTo(TOP);
      for (int i = 0; i < results.size(); i++) {
        int row = results.rowAt(i);
        assertThat(allowed.isEmpty() || allowed.get().contains(row)).as("seed=" + seed).isTrue();
        double score = drawn.rows().score(metric, row, query);
        assertThat(Math.abs(results.scoreAt(i) - score))
            .as("seed=" + seed)
            .isLessThan(1e-4 * (1 + Math.abs(score)));
        found += expected.contains(row) ? 1 : 0;
      }
    }
    double recall = (double) found / (TOP * drawn.queries().size());
    System.out.println("recall=" + recall + " metric=" + metric);
    assertThat(recall).as("seed=%d metric=%s", seed, metric).isGreaterThan(0.85);
  }

  @Test
  void findsAllRowsWhenOneRowHasAllNeighbours() throws IOException {
    float[][][] rows = new float[30][][];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = new float[row == 7 ? 300 : 1][];
      for (int i = 0; i < rows[row].length; i++) {
        rows[row][i] = new float[] {row == 7 ? 0 : 5 + row, i / 1e5f};
      }
    }
    RandomLists lists = new RandomLists(2, rows);
    try (VectorIndex index = buildAndOpen(lists, MetricType.MAX_SIM_L2)) {
      QueryVector query = new QueryVector.VectorList(new float[] {0, 0}, 1);

      TopRows results = search(index, MetricType.MAX_SIM_L2, query, Optional.empty());

      assertThat(results.size()).isEqualTo(TOP);
      assertThat(results.rowAt(0)).isEqualTo(7);
      assertThat(results.rowAt(1)).isEqualTo(0);
      assertThat(results.rowAt(9)).isEqualTo(9);
    }
  }

  @Test
  void rowsWithoutVectorsAreNeverFound() throws IOException {
    RandomLists none = new RandomLists(4, new float[][][] {{}, null, {}});
    try (VectorIndex index = buildAndOpen(none, MetricType.MAX_SIM_COSINE)) {
      QueryVector query = new QueryVector.VectorList(new float[] {1, 2, 3, 4}, 1);

      assertThat(index.rowCount()).isEqualTo(3);
      assertThat(search(index, MetricType.MAX_SIM_COSINE, query, Optional.empty()).size()).isZero();
    }
  }

  @Test
  void elementsKnowTheirRows() {
    for (int round = 0; round < 50; round++) {
      RandomLists drawn = RandomLists.draw(random, 3, random.nextInt(30), 4);
      VectorListColumn lists = drawn.column();
      ListElements elements = new ListElements(lists);
      int element = 0;
      float[] vector = new float[3];
      for (int row = 0; row < lists.rowCount(); row++) {
        float[][] list = drawn.rows()[row] == null ? new float[0][] : drawn.rows()[row];
        for (float[] expected : list) {
          assertThat(elements.rowOf(element)).as("seed=" + seed).isEqualTo(row);
          elements.column().copyVector(element, vector, 0);
          assertThat(vector).as("seed=" + seed).containsExactly(expected);
          element++;
        }
        RowBitmap one = new RowBitmap(lists.rowCount());
        one.add(row);
        assertThat(elements.elementsOf(one).cardinality()).isEqualTo(list.length);
      }
      assertThat(elements.count()).isEqualTo(element);
    }
  }

  @Test
  void filesOfOtherListsAreRefused() throws IOException {
    VectorListColumn lists = RandomLists.draw(random, 4, 50, 5).column();
    MemorySegment file = build(lists, MetricType.MAX_SIM_IP);
    VectorListColumn others =
        new RandomLists(4, new float[][][] {{{1, 2, 3, 4}}, {{1, 2, 3, 4}}}).column();

    assertThatThrownBy(() -> type.open(file, others, IDENTITY))
        .isInstanceOf(UnusableFileException.class);
    assertThat(type.supports(DataType.ARRAY_OF_VECTOR, MetricType.MAX_SIM_IP)).isTrue();
    assertThat(type.supports(DataType.ARRAY_OF_VECTOR, MetricType.IP)).isFalse();
    assertThat(type.supports(DataType.FLOAT_VECTOR, MetricType.MAX_SIM_IP)).isFalse();
  }
}

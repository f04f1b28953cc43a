package dev.sagitta.engine.index.hnsw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.ClusteredVectors;
import dev.sagitta.engine.index.IndexDescription;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.index.IndexFiles;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.OffHeapVectors;
import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.index.ReferenceSearch;
import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.index.VectorIndex;
import dev.sagitta.engine.index.graph.GraphBlocks;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.storage.BlockFile;
import dev.sagitta.engine.storage.CorruptFileException;
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
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Vectors in halves are searched as exactly as whole ones, and only where halves suit them. */
class TestHalvedVectors {
  private static final IndexFileIdentity IDENTITY = new IndexFileIdentity(7, 8, 9, 10);
  private static final HnswParameters PARAMETERS = new HnswParameters(16, 100);
  private static final int TOP_K = 10;
  private static final int ROWS = 5000;
  private static final Map<String, String> EF = Map.of("ef", "64");

  @TempDir private Path directory;

  private final Arena arena = Arena.ofShared();
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @AfterEach
  void free() {
    arena.close();
  }

  @ParameterizedTest
  @CsvSource({"L2,33", "L2,100", "IP,64", "COSINE,32", "COSINE,101"})
  void testSearches(MetricType metric, int dimension) throws IOException {
    ClusteredVectors source = new ClusteredVectors(random, ROWS, dimension);
    float[][] rows = source.draw(ROWS);
    float[][] queries = source.draw(50);
    MemorySegment file = build(metric, rows);
    IndexDescription description = description(file);
    assertThat(description.value2()).isEqualTo(1);
    assertThat(Float.intBitsToFloat(description.value3())).isPositive();
    RowBitmap allowed = new RowBitmap(ROWS);
    for (int row = 0; row < ROWS; row += 3) {
      allowed.add(row);
    }
    try (VectorIndex index = open(file, rows)) {
      assertFinds(index, metric, rows, queries, row -> true, Optional.empty());
      assertFinds(index, metric, rows, queries, row -> row % 3 == 0, Optional.of(allowed));
    }
  }

  private void assertFinds(
      VectorIndex index,
      MetricType metric,
      float[][] rows,
      float[][] queries,
      IntPredicate test,
      Optional<RowBitmap> allowed)
      throws IOException {
    int found = 0;
    for (float[] query : queries) {
      Set<Integer> expected =
          new HashSet<>(ReferenceSearch.nearest(metric, rows, query, TOP_K, test));
      TopRows results = new TopRows(TOP_K, metric.largerIsNearer());
      index.search(QueryVector.of(query), parameters(), allowed, results);
      results.sortBestFirst();
      assertThat(results.size()).isEqualTo(TOP_K);
      for (int i = 0; i < TOP_K; i++) {
        int row = results.rowAt(i);
        double score = ReferenceSearch.score(metric, rows[row], query);
        assertThat(test.test(row)).as("row=%d seed=%d", row, seed).isTrue();
        // Scores of upper halves would be wrong by thousandths.
        assertThat((double) results.scoreAt(i))
            .as("row=%d seed=%d", row, seed)
            .isCloseTo(score, within(1e-5 * (1 + Math.abs(score))));
        found += expected.contains(row) ? 1 : 0;
      }
    }
    assertThat(found).as("seed=%d", seed).isGreaterThan((int) (0.92 * TOP_K * queries.length));
  }

  /** Every row that is a bound itself, which a rounded score would put on the wrong side. */
  @ParameterizedTest
  @EnumSource(names = {"L2", "COSINE"})
  void testInnerBoundsAreExact(MetricType metric) throws IOException {
    // So many that no search becomes a scan, whose sums are rounded otherwise.
    int rowCount = 2 * ROWS;
    ClusteredVectors source = new ClusteredVectors(random, rowCount, 48);
    float[][] rows = source.draw(rowCount);
    float[] query = source.draw(1)[0];
    try (VectorIndex index = open(build(metric, rows), rows)) {
      TopRows all = new TopRows(30, metric.largerIsNearer());
      index.search(QueryVector.of(query), parameters(), Optional.empty(), all);
      all.sortBestFirst();
      for (int i = 0; i + TOP_K < 30; i++) {
        double bound = all.scoreAt(i);
        IndexSearchParameters range =
            new IndexSearchParameters(EF, OptionalDouble.empty(), OptionalDouble.of(bound));
        TopRows results = new TopRows(1, metric.largerIsNearer());
        index.search(QueryVector.of(query), range, Optional.empty(), results);
        assertThat(results.scoreAt(0)).as("i=%d seed=%d", i, seed).isEqualTo((float) bound);
      }
    }
  }

  @Test
  void testVectorsFarFromZeroStayWhole() throws IOException {
    float[][] near = new ClusteredVectors(random, ROWS, 40).draw(ROWS);
    float[][] rows = new float[ROWS][40];
    for (int row = 0; row < ROWS; row++) {
      for (int i = 0; i < 40; i++) {
        rows[row][i] = 5000 + near[row][i];
      }
    }
    MemorySegment file = build(MetricType.L2, rows);
    assertThat(description(file).value2()).isZero();
    try (VectorIndex index = open(file, rows)) {
      float[][] queries = {rows[3], rows[77], rows[4000]};
      assertFinds(index, MetricType.L2, rows, queries, row -> true, Optional.empty());
    }
  }

  @Test
  void testNumbersBeyondTheUpperHalvesStayWhole() throws IOException {
    float[][] rows = new ClusteredVectors(random, 100, 40).draw(100);
    rows[50][7] = Float.MAX_VALUE;
    assertThat(description(build(MetricType.IP, rows)).value2()).isZero();
  }

  @Test
  void testShortVectorsStayWhole() throws IOException {
    float[][] rows = new ClusteredVectors(random, 100, 31).draw(100);
    assertThat(description(build(MetricType.L2, rows)).value2()).isZero();
  }

  @Test
  void testIntegersOfEightBitsHaveNoError() throws IOException {
    float[][] rows = new float[1000][36];
    for (float[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        row[i] = random.nextInt(256);
      }
    }
    MemorySegment file = build(MetricType.L2, rows);
    assertThat(description(file).value2()).isEqualTo(1);
    assertThat(description(file).value3()).isZero();
    try (VectorIndex index = open(file, rows)) {
      TopRows results = new TopRows(1, false);
      index.search(QueryVector.of(rows[5]), parameters(), Optional.empty(), results);
      assertThat(results.rowAt(0)).isEqualTo(5);
      assertThat(results.scoreAt(0)).isZero();
    }
  }

  @Test
  void testFilesOfVersion2AreRead() throws IOException {
    float[][] rows = new ClusteredVectors(random, ROWS, 40).draw(ROWS);
    OffHeapVectors vectors = new OffHeapVectors(arena, ROWS, rows);
    BuiltIndex built =
        BuiltIndex.build(arena, vectors, MetricType.L2, PARAMETERS, BuildProgress.NONE);
    MemorySegment file = write(2, 40, 0, 0, built);
    try (VectorIndex index = open(file, rows)) {
      float[][] queries = {rows[3], rows[77], rows[4000]};
      assertFinds(index, MetricType.L2, rows, queries, row -> true, Optional.empty());
    }
  }

  @Test
  void testUnknownFormsAreRefused() throws IOException {
    float[][] rows = new ClusteredVectors(random, 100, 40).draw(100);
    OffHeapVectors vectors = new OffHeapVectors(arena, 100, rows);
    BuiltIndex built =
        BuiltIndex.build(arena, vectors, MetricType.L2, PARAMETERS, BuildProgress.NONE);
    for (int[] form :
        List.of(new int[] {2, 0}, new int[] {-1, 0}, new int[] {1, 0xffc00000}, new int[] {1, 0})) {
      MemorySegment file = write(3, 40, form[0], form[1], built);
      assertThatThrownBy(() -> open(file, rows)).isInstanceOf(CorruptFileException.class);
    }
  }

  /** A file of whole vectors that says whatever it is told to say. */
  private MemorySegment write(int version, int dimension, int form, int error, BuiltIndex built)
      throws IOException {
    Path target = directory.resolve("written-" + version + "-" + form + "-" + error);
    int rowCount = built.graph().order().nodeCount();
    IndexFiles.write(
        target,
        IDENTITY,
        new IndexDescription(
            "HNSW", MetricType.L2, version, rowCount, dimension, 16, 100, form, error),
        writer -> {
          writer.block(HnswIndexFile.VECTORS_BLOCK, built.vectors());
          GraphBlocks.write(writer, built.graph());
        });
    return BlockFile.map(target, arena);
  }

  private MemorySegment build(MetricType metric, float[][] rows) throws IOException {
    Path target = directory.resolve("index");
    OffHeapVectors vectors = new OffHeapVectors(arena, rows.length, rows);
    new HnswIndexType()
        .build(vectors, metric, PARAMETERS.toMap(), IDENTITY, BuildProgress.NONE, target);
    return BlockFile.map(target, arena);
  }

  private VectorIndex open(MemorySegment file, float[][] rows) {
    return new HnswIndexType().open(file, new OffHeapVectors(arena, rows.length, rows), IDENTITY);
  }

  private static IndexDescription description(MemorySegment file) {
    return IndexDescription.read(IndexDescription.openFile(file, "HNSW", IDENTITY), "HNSW", 3);
  }

  private static IndexSearchParameters parameters() {
    return new IndexSearchParameters(EF, OptionalDouble.empty(), OptionalDouble.empty());
  }
}

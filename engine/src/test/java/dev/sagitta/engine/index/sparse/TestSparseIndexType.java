package dev.sagitta.engine.index.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.engine.AllocatedBytes;
import dev.sagitta.engine.TestGroups;
import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.SparseVectorColumn;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.index.Bm25Source;
import dev.sagitta.engine.index.Bm25Statistics;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.index.VectorIndex;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.storage.BlockFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All algorithms must find exactly what the obvious search finds, rows, order and scores. */
class TestSparseIndexType {
  private static final IndexFileIdentity IDENTITY = new IndexFileIdentity(7, 8, 9, 10);

  @TempDir Path directory;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final Arena arena = Arena.ofShared();
  private int files;

  @AfterEach
  void free() {
    arena.close();
  }

  @ParameterizedTest
  @EnumSource
  void testInnerProductAgainstReference(SparseAlgorithm algorithm) throws IOException {
    for (int entriesMax : new int[] {3, 60}) {
      SparseRows source = new SparseRows(random, 500);
      source.add(3000, entriesMax);
      addOddRows(source);
      VectorIndex index = open(source, MetricType.IP, algorithm);
      for (int round = 0; round < 40; round++) {
        QueryVector.Sparse query = SparseRows.query(source.draw(random.nextInt(30), new float[0]));
        assertFinds(index, MetricType.IP, query, source, 1 + random.nextInt(30));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void testBm25AgainstReference(SparseAlgorithm algorithm) throws IOException {
    SparseRows source = new SparseRows(random, 2000);
    source.add(5000, 60, 1, 1, 1, 2, 3, 7);
    addOddRows(source);
    VectorIndex index = open(source, MetricType.BM25, algorithm);
    for (int round = 0; round < 60; round++) {
      QueryVector.Sparse query =
          SparseRows.query(source.draw(1 + random.nextInt(12), new float[] {1, 1, 2}));
      assertFinds(index, MetricType.BM25, query, source, 1 + random.nextInt(30));
    }
  }

  /** Statistics of the whole collection move all scores; what the segment skips must move too. */
  @ParameterizedTest
  @EnumSource
  void testBm25WithStatisticsFromOutside(SparseAlgorithm algorithm) throws IOException {
    SparseRows source = new SparseRows(random, 1000);
    source.add(3000, 40, 1, 1, 2, 5);
    VectorIndex index = open(source, MetricType.BM25, algorithm);
    for (double stretch : new double[] {0.1, 0.8, 1.1, 9}) {
      for (int round = 0; round < 20; round++) {
        QueryVector.Sparse query =
            SparseRows.query(source.draw(1 + random.nextInt(8), new float[] {1, 2}));
        Bm25Statistics own = source.statistics(query, 0, source.rows.size());
        long[] frequencies = own.documentFrequencies().clone();
        for (int i = 0; i < frequencies.length; i++) {
          frequencies[i] += random.nextInt(50_000);
        }
        Bm25Statistics all =
            new Bm25Statistics(
                60_000, own.averageLength() * stretch * 60_000, query.indices(), frequencies);
        QueryVector.Sparse weighed =
            new QueryVector.Sparse(query.indices(), query.values(), Optional.of(all));
        assertThat(find(index, MetricType.BM25, weighed, 10, Optional.empty()))
            .as("seed=%d", seed)
            .isEqualTo(source.byBm25(query, Bm25Parameters.DEFAULT, all, 10, row -> true));
      }
    }
  }

  @Test
  void testKnowsItsStatistics() throws IOException {
    SparseRows source = new SparseRows(random, 300);
    source.add(500, 20, 1, 2, 3);
    addOddRows(source);
    VectorIndex index = open(source, MetricType.BM25, SparseAlgorithm.DAAT_MAXSCORE);
    QueryVector.Sparse query = SparseRows.query(source.draw(20, new float[] {1}));
    Bm25Statistics counted = ((Bm25Source) index).bm25Statistics(query.indices());
    Bm25Statistics expected = source.statistics(query, 0, source.rows.size());
    assertThat(counted.documentCount()).isEqualTo(expected.documentCount());
    assertThat(counted.totalLength()).isEqualTo(expected.totalLength());
    assertThat(counted.documentFrequencies()).isEqualTo(expected.documentFrequencies());
    Bm25Statistics front = source.statistics(query, 0, 100);
    Bm25Statistics sum = front.plus(source.statistics(query, 100, source.rows.size()));
    assertThat(sum.documentFrequencies()).isEqualTo(expected.documentFrequencies());
    assertThat(sum.averageLength()).isEqualTo(expected.averageLength());
  }

  /** More rows than a window has, so that lists have several chunks and thresholds carry over. */
  @ParameterizedTest
  @EnumSource
  void testSeveralWindows(SparseAlgorithm algorithm) throws IOException {
    SparseRows source = new SparseRows(random, 3000);
    source.add(70_000, 6, 1, 2, 3);
    VectorIndex index = open(source, MetricType.IP, algorithm);
    for (int round = 0; round < 4; round++) {
      QueryVector.Sparse query = SparseRows.query(source.draw(6, new float[0]));
      assertFinds(index, MetricType.IP, query, source, 10);
    }
  }

  @ParameterizedTest
  @EnumSource
  void testNegativeValuesAndWeights(SparseAlgorithm algorithm) throws IOException {
    SparseRows source = new SparseRows(random, 200);
    source.add(3000, 20, -2, -0.5f, 0.25f, 1, 3, 0);
    VectorIndex index = open(source, MetricType.IP, algorithm);
    for (int round = 0; round < 40; round++) {
      QueryVector.Sparse query =
          SparseRows.query(source.draw(1 + random.nextInt(10), new float[] {-1, -0.1f, 2, 1, 0}));
      assertFinds(index, MetricType.IP, query, source, 12);
    }
  }

  @ParameterizedTest
  @EnumSource
  void testTiesGoToTheSmallerRow(SparseAlgorithm algorithm) throws IOException {
    SparseRows source = new SparseRows(random, 30);
    source.add(3000, 3, 1);
    VectorIndex index = open(source, MetricType.IP, algorithm);
    for (int round = 0; round < 20; round++) {
      QueryVector.Sparse query = SparseRows.query(source.draw(3, new float[] {1}));
      assertFinds(index, MetricType.IP, query, source, 25);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.001, 0.01, 0.1, 0.5, 0.9, 1})
  void testFilters(double share) throws IOException {
    SparseRows source = new SparseRows(random, 400);
    source.add(6000, 30, 1, 2, 3);
    RowBitmap allowed = new RowBitmap(source.rows.size() - random.nextInt(2));
    for (int row = 0; row < allowed.rowCount(); row++) {
      if (random.nextDouble() < share) {
        allowed.add(row);
      }
    }
    IntPredicate test = row -> row < allowed.rowCount() && allowed.contains(row);
    for (SparseAlgorithm algorithm : SparseAlgorithm.values()) {
      for (MetricType metric : List.of(MetricType.IP, MetricType.BM25)) {
        VectorIndex index = open(source, metric, algorithm);
        for (int round = 0; round < 10; round++) {
          QueryVector.Sparse query =
              SparseRows.query(source.draw(1 + random.nextInt(10), new float[] {1, 2}));
          assertThat(find(index, metric, query, 10, Optional.of(allowed)))
              .as("algorithm=%s metric=%s seed=%d", algorithm, metric, seed)
              .isEqualTo(expected(metric, query, source, 10, test));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void testRangeSearch(SparseAlgorithm algorithm) throws IOException {
    SparseRows source = new SparseRows(random, 300);
    source.add(4000, 30);
    VectorIndex index = open(source, MetricType.IP, algorithm);
    for (int round = 0; round < 20; round++) {
      QueryVector.Sparse query = SparseRows.query(source.draw(8, new float[0]));
      List<SparseRows.Hit> all = source.byInnerProduct(query, Integer.MAX_VALUE, row -> true);
      if (all.size() < 40) {
        continue;
      }
      float inner = all.get(random.nextInt(20)).score();
      float outer = all.get(20 + random.nextInt(20)).score();
      if (inner == outer) {
        continue;
      }
      IndexSearchParameters range =
          new IndexSearchParameters(Map.of(), OptionalDouble.of(outer), OptionalDouble.of(inner));
      int limit = 1 + random.nextInt(40);
      assertThat(find(index, MetricType.IP, query, range, limit, Optional.empty()))
          .as("seed=%d", seed)
          .isEqualTo(
              all.stream()
                  .filter(hit -> hit.score() > outer && hit.score() <= inner)
                  .limit(limit)
                  .toList());
    }
  }

  /** Batches by a falling inner bound must meet each row once. */
  @Test
  void testIterationInBatches() throws IOException {
    SparseRows source = new SparseRows(random, 100);
    source.add(2000, 30);
    VectorIndex index = open(source, MetricType.IP, SparseAlgorithm.DAAT_MAXSCORE);
    QueryVector.Sparse query = SparseRows.query(source.draw(10, new float[0]));
    List<SparseRows.Hit> found = new ArrayList<>();
    OptionalDouble inner = OptionalDouble.empty();
    while (true) {
      IndexSearchParameters batch =
          new IndexSearchParameters(Map.of(), OptionalDouble.empty(), inner);
      List<SparseRows.Hit> hits = find(index, MetricType.IP, query, batch, 100, Optional.empty());
      if (hits.isEmpty()) {
        break;
      }
      found.addAll(hits);
      inner = OptionalDouble.of(Math.nextDown(hits.getLast().score()));
    }
    List<SparseRows.Hit> all = source.byInnerProduct(query, Integer.MAX_VALUE, row -> true);
    assertThat(found).as("seed=%d", seed).containsAll(all.subList(0, all.size() / 2));
    assertThat(found).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource
  void testDroppedEntriesOfTheQueryDoNotCount(SparseAlgorithm algorithm) throws IOException {
    SparseRows source = new SparseRows(random, 200);
    source.add(2000, 30);
    VectorIndex index = open(source, MetricType.IP, algorithm);
    TreeMap<Long, Float> entries = new TreeMap<>();
    while (entries.size() < 10) {
      entries.put(Integer.toUnsignedLong(source.drawIndex()), 1 + random.nextFloat());
    }
    List<Float> sorted = new ArrayList<>(entries.values());
    Collections.sort(sorted);
    QueryVector.Sparse query = SparseRows.query(entries);
    entries.values().removeIf(value -> value < sorted.get(4));
    IndexSearchParameters dropping =
        new IndexSearchParameters(
            Map.of("drop_ratio_search", "0.45"), OptionalDouble.empty(), OptionalDouble.empty());
    assertThat(find(index, MetricType.IP, query, dropping, 20, Optional.empty()))
        .as("seed=%d", seed)
        .isEqualTo(source.byInnerProduct(SparseRows.query(entries), 20, row -> true));
  }

  @ParameterizedTest
  @EnumSource
  void testNothingInCommonFindsNothing(SparseAlgorithm algorithm) throws IOException {
    SparseRows source = new SparseRows(random, 100);
    source.rows.add(new TreeMap<>(Map.of(5L, 1f, 4294967294L, 2f)));
    source.rows.add(new TreeMap<>());
    VectorIndex index = open(source, MetricType.IP, algorithm);
    assertThat(find(index, MetricType.IP, query(6, 1), 10, Optional.empty())).isEmpty();
    assertThat(
            find(
                index,
                MetricType.IP,
                new QueryVector.Sparse(new int[0], new float[0]),
                10,
                Optional.empty()))
        .isEmpty();
    assertThat(find(index, MetricType.IP, query(5, -1), 10, Optional.empty())).isEmpty();
    assertThat(find(index, MetricType.IP, query(-2, 3), 10, Optional.empty()))
        .containsExactly(new SparseRows.Hit(0, 6));
  }

  @Test
  void testIndexOfNothing() throws IOException {
    for (int rowCount : new int[] {0, 1, 70}) {
      SparseRows source = new SparseRows(random, 10);
      for (int row = 0; row < rowCount; row++) {
        source.rows.add(row % 2 == 0 ? null : new TreeMap<>());
      }
      for (MetricType metric : List.of(MetricType.IP, MetricType.BM25)) {
        VectorIndex index = open(source, metric, SparseAlgorithm.DAAT_MAXSCORE);
        assertThat(index.rowCount()).isEqualTo(rowCount);
        assertThat(find(index, metric, query(1, 1), 10, Optional.empty())).isEmpty();
      }
    }
  }

  /** Extreme values must neither overflow the units nor vanish in them. */
  @ParameterizedTest
  @EnumSource
  void testExtremeValues(SparseAlgorithm algorithm) throws IOException {
    SparseRows source = new SparseRows(random, 40);
    source.add(500, 10, Float.MIN_VALUE, 0x1p-100f, 1, 0x1p50f, 0x1p100f);
    VectorIndex index = open(source, MetricType.IP, algorithm);
    for (int round = 0; round < 20; round++) {
      QueryVector.Sparse query =
          SparseRows.query(source.draw(5, new float[] {0x1p-100f, 1, 100, 0x1p23f}));
      assertFinds(index, MetricType.IP, query, source, 20);
    }
  }

  /** A build that has room for few entries only passes over the rows many times. */
  @Test
  void testBuildInManyPasses() throws IOException {
    SparseRows source = new SparseRows(random, 300);
    source.add(1000, 20, 1, 2);
    SparseVectorColumn column = source.column();
    Path one = directory.resolve("one");
    Path many = directory.resolve("many");
    SparseBuildParameters parameters =
        SparseBuildParameters.of(Map.of(), SparseAlgorithm.DAAT_MAXSCORE);
    new SparseIndexBuilder(column, MetricType.BM25, parameters, BuildProgress.NONE)
        .build("SPARSE_WAND", IDENTITY, one);
    new SparseIndexBuilder(column, MetricType.BM25, parameters, BuildProgress.NONE, 1000)
        .build("SPARSE_WAND", IDENTITY, many);
    assertThat(many).hasSameBinaryContentAs(one);
  }

  @Test
  void testParameters() {
    SparseIndexType type = SparseIndexType.invertedIndex();
    assertThat(type.validateBuildParameters(Map.of(), 0))
        .containsEntry("inverted_index_algo", "DAAT_MAXSCORE")
        .containsEntry("bm25_k1", "1.2")
        .containsEntry("bm25_b", "0.75");
    assertThat(SparseIndexType.wand().validateBuildParameters(Map.of("drop_ratio_build", "0.3"), 0))
        .containsEntry("inverted_index_algo", "DAAT_WAND")
        .containsEntry("drop_ratio_build", "0.3");
    for (Map<String, String> wrong :
        List.of(
            Map.of("inverted_index_algo", "BEST"),
            Map.of("bm25_k1", "3.1"),
            Map.of("bm25_k1", "NaN"),
            Map.of("bm25_b", "-0.1"),
            Map.of("drop_ratio_build", "1"),
            Map.of("bm25_b", "half"))) {
      String value = wrong.values().iterator().next();
      assertThatThrownBy(() -> type.validateBuildParameters(wrong, 0))
          .isInstanceOf(SagittaException.class)
          .hasMessageContaining(value);
    }
    for (Map<String, String> wrong :
        List.of(Map.of("drop_ratio_search", "1"), Map.of("dim_max_score_ratio", "0.4"))) {
      assertThatThrownBy(
              () ->
                  type.validateSearchParameters(
                      new IndexSearchParameters(
                          wrong, OptionalDouble.empty(), OptionalDouble.empty()),
                      10))
          .isInstanceOf(SagittaException.class)
          .hasMessageContaining(wrong.keySet().iterator().next());
    }
  }

  @Tag(TestGroups.ALLOCATION)
  @ParameterizedTest
  @EnumSource
  void testSearchAllocatesNothing(SparseAlgorithm algorithm) throws IOException {
    SparseRows source = new SparseRows(random, 500);
    source.add(3000, 30, 1, 2);
    VectorIndex index = open(source, MetricType.BM25, algorithm);
    List<QueryVector> queries = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      queries.add(SparseRows.query(source.draw(6, new float[] {1})));
    }
    TopRows[] results = new TopRows[queries.size()];
    long allocated =
        AllocatedBytes.untilAtMost(
            0,
            () -> Arrays.setAll(results, i -> new TopRows(10, true)),
            () -> {
              for (int i = 0; i < results.length; i++) {
                index.search(
                    queries.get(i), IndexSearchParameters.DEFAULT, Optional.empty(), results[i]);
              }
            });
    assertThat(allocated).as("algorithm=%s seed=%d", algorithm, seed).isZero();
  }

  private void addOddRows(SparseRows source) {
    source.rows.add(new TreeMap<>());
    source.rows.add(null);
    source.rows.add(source.rows.get(random.nextInt(source.rows.size() - 2)));
    Collections.shuffle(source.rows, random);
  }

  private static QueryVector.Sparse query(int index, float value) {
    return new QueryVector.Sparse(new int[] {index}, new float[] {value});
  }

  private void assertFinds(
      VectorIndex index,
      MetricType metric,
      QueryVector.Sparse query,
      SparseRows source,
      int limit) {
    assertThat(find(index, metric, query, limit, Optional.empty()))
        .as("seed=%d", seed)
        .isEqualTo(expected(metric, query, source, limit, row -> true));
  }

  private static List<SparseRows.Hit> expected(
      MetricType metric,
      QueryVector.Sparse query,
      SparseRows source,
      int limit,
      IntPredicate allowed) {
    return metric == MetricType.IP
        ? source.byInnerProduct(query, limit, allowed)
        : source.byBm25(
            query,
            Bm25Parameters.DEFAULT,
            source.statistics(query, 0, source.rows.size()),
            limit,
            allowed);
  }

  private VectorIndex open(SparseRows source, MetricType metric, SparseAlgorithm algorithm)
      throws IOException {
    SparseIndexType type = SparseIndexType.invertedIndex();
    SparseVectorColumn column = source.column();
    Path target = directory.resolve("index-" + files++);
    Map<String, String> parameters = Map.of("inverted_index_algo", algorithm.name());
    type.build(column, metric, parameters, IDENTITY, BuildProgress.NONE, target);
    MemorySegment file = BlockFile.map(target, arena);
    type.verify(file, IDENTITY);
    return type.open(file, column, IDENTITY);
  }

  private static List<SparseRows.Hit> find(
      VectorIndex index,
      MetricType metric,
      QueryVector query,
      int limit,
      Optional<RowBitmap> allowed) {
    return find(index, metric, query, IndexSearchParameters.DEFAULT, limit, allowed);
  }

  private static List<SparseRows.Hit> find(
      VectorIndex index,
      MetricType metric,
      QueryVector query,
      IndexSearchParameters parameters,
      int limit,
      Optional<RowBitmap> allowed) {
    TopRows results = new TopRows(limit, metric.largerIsNearer());
    index.search(query, parameters, allowed, results);
    results.sortBestFirst();
    List<SparseRows.Hit> hits = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      hits.add(new SparseRows.Hit(results.rowAt(i), results.scoreAt(i)));
    }
    return hits;
  }
}

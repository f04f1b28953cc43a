package dev.sagitta.engine.index.hnsw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.index.ClusteredVectors;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.OffHeapVectors;
import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.index.ReferenceSearch;
import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.schema.MetricType;
import java.lang.foreign.Arena;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TestGrowingHnswIndex {
  private static final int TOP_K = 10;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final Arena arena = Arena.ofShared();

  @AfterEach
  void free() {
    arena.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"L2", "IP", "COSINE"})
  void testRecallWhileItGrows(MetricType metric) {
    ClusteredVectors source = new ClusteredVectors(random, 6000, 20);
    float[][] rows = source.draw(6000);
    OffHeapVectors vectors = new OffHeapVectors(arena, 700, rows);
    try (GrowingHnswIndex index = new GrowingHnswIndex(metric, 20)) {
      assertThat(recall(index, metric, rows, source.draw(5))).isEqualTo(1);
      for (int to : new int[] {1, 2, 50, 3000, 6000}) {
        index.append(vectors, to);
        assertThat(index.rowCount()).isEqualTo(to);
        assertThat(recall(index, metric, rows, source.draw(40)))
            .as("rows=%d seed=%d", to, seed)
            .isGreaterThan(0.9);
      }
    }
  }

  /**
   * One thread appends, two search: what they find is complete, distinct and true at any moment.
   */
  @Test
  void testConcurrentAppendAndSearch() throws Exception {
    ClusteredVectors source = new ClusteredVectors(random, 12000, 16);
    float[][] rows = source.draw(12000);
    float[][] queries = source.draw(200);
    OffHeapVectors vectors = new OffHeapVectors(arena, 4096, rows);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (GrowingHnswIndex index = new GrowingHnswIndex(MetricType.L2, 16)) {
      Callable<Integer> searching = () -> searchUntilComplete(index, rows, queries);
      List<Future<Integer>> searches =
          List.of(threads.submit(searching), threads.submit(searching));
      for (int to = 500; to <= rows.length; to += 500) {
        index.append(vectors, to);
      }
      for (Future<Integer> search : searches) {
        assertThat(search.get(60, TimeUnit.SECONDS)).as("searches").isPositive();
      }
      assertThat(recall(index, MetricType.L2, rows, source.draw(50)))
          .as("seed=%d", seed)
          .isGreaterThan(0.9);
    } finally {
      threads.shutdownNow();
      assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void testRowsAtOrBeyondTheLimitAreNotOffered() {
    ClusteredVectors source = new ClusteredVectors(random, 9000, 8);
    float[][] rows = source.draw(9000);
    OffHeapVectors vectors = new OffHeapVectors(arena, 1000, rows);
    try (GrowingHnswIndex index = new GrowingHnswIndex(MetricType.L2, 8)) {
      index.append(vectors, rows.length);
      for (int limit : new int[] {0, 1, 100, 5000, 8999}) {
        Optional<RowBitmap> allowed =
            random.nextBoolean() ? Optional.of(RowBitmap.full(limit + 1)) : Optional.empty();
        TopRows results = new TopRows(TOP_K, false);
        index.searchBelow(
            limit,
            QueryVector.of(source.draw(1)[0]),
            IndexSearchParameters.DEFAULT,
            allowed,
            results);
        assertThat(results.size()).isEqualTo(Math.min(limit, TOP_K));
        for (int i = 0; i < results.size(); i++) {
          assertThat(results.rowAt(i)).isLessThan(limit);
        }
      }
      assertThatThrownBy(
              () ->
                  index.searchBelow(
                      9001,
                      QueryVector.of(rows[0]),
                      IndexSearchParameters.DEFAULT,
                      Optional.empty(),
                      new TopRows(1, false)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("rowLimit=9001 rowCount=9000");
    }
  }

  @Test
  void testNullRowsAreSkipped() {
    float[][] rows = new ClusteredVectors(random, 500, 4).draw(500);
    OffHeapVectors vectors = new OffHeapVectors(arena, 64, rows, row -> row % 2 == 0, true);
    try (GrowingHnswIndex index = new GrowingHnswIndex(MetricType.COSINE, 4)) {
      index.append(vectors, 500);
      assertThat(index.rowCount()).isEqualTo(500);
      TopRows results = new TopRows(500, true);
      index.search(
          QueryVector.of(rows[0]), IndexSearchParameters.DEFAULT, Optional.empty(), results);
      assertThat(results.size()).isEqualTo(250);
      for (int i = 0; i < results.size(); i++) {
        assertThat(results.rowAt(i) % 2).isEqualTo(1);
      }
    }
  }

  @Test
  void testUseAfterCloseFails() {
    OffHeapVectors vectors = new OffHeapVectors(arena, 1, new float[][] {{1}});
    GrowingHnswIndex index = new GrowingHnswIndex(MetricType.L2, 1);
    index.append(vectors, 1);
    assertThat(index.sizeInBytes()).isPositive();
    index.close();
    index.close();
    assertThatThrownBy(() -> index.append(vectors, 1)).isInstanceOf(IllegalStateException.class);
  }

  private int searchUntilComplete(GrowingHnswIndex index, float[][] rows, float[][] queries) {
    int searches = 0;
    while (index.rowCount() < rows.length) {
      int before = index.rowCount();
      float[] query = queries[searches % queries.length];
      TopRows results = new TopRows(TOP_K, false);
      index.search(QueryVector.of(query), IndexSearchParameters.DEFAULT, Optional.empty(), results);
      Set<Integer> distinct = new HashSet<>();
      for (int i = 0; i < results.size(); i++) {
        int row = results.rowAt(i);
        double expected = ReferenceSearch.score(MetricType.L2, rows[row], query);
        assertThat(Math.abs(results.scoreAt(i) - expected))
            .as("row=%d seed=%d", row, seed)
            .isLessThan(1e-3);
        distinct.add(row);
      }
      assertThat(results.size()).as("seed=%d", seed).isEqualTo(distinct.size());
      assertThat(distinct.size())
          .as("seed=%d", seed)
          .isGreaterThanOrEqualTo(Math.min(before, TOP_K));
      searches++;
    }
    return searches;
  }

  private double recall(
      GrowingHnswIndex index, MetricType metric, float[][] rows, float[][] queries) {
    int found = 0;
    int wanted = 0;
    for (float[] query : queries) {
      List<Integer> expected =
          ReferenceSearch.nearest(metric, rows, query, TOP_K, row -> row < index.rowCount());
      TopRows results = new TopRows(TOP_K, metric.largerIsNearer());
      index.search(QueryVector.of(query), IndexSearchParameters.DEFAULT, Optional.empty(), results);
      assertThat(results.size()).isEqualTo(expected.size());
      wanted += expected.size();
      for (int i = 0; i < results.size(); i++) {
        double worst = ReferenceSearch.score(metric, rows[expected.getLast()], query);
        double score = results.scoreAt(i);
        if (metric.largerIsNearer() ? score >= worst - 1e-4 : score <= worst + 1e-4) {
          found++;
        }
      }
    }
    return wanted == 0 ? 1 : (double) found / wanted;
  }
}

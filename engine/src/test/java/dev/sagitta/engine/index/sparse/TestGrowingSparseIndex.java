package dev.sagitta.engine.index.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.SparseVectorColumn;
import dev.sagitta.engine.index.Bm25Statistics;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.schema.MetricType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A growing index must always find what the obvious search finds in the rows appended so far. */
class TestGrowingSparseIndex {
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @Test
  void testInnerProductAgainstReference() {
    SparseRows source = new SparseRows(random, 400);
    source.add(40_000, 12, 1, 2, 0.5f, 0, -1);
    source.rows.set(17, null);
    SparseVectorColumn column = source.column();
    GrowingSparseIndex index = new GrowingSparseIndex(MetricType.IP, Bm25Parameters.DEFAULT);
    for (int toRow : new int[] {1, 18, 1000, 16_384, 16_385, 40_000}) {
      index.append(column, toRow);
      assertThat(index.rowCount()).isEqualTo(toRow);
      for (int round = 0; round < 10; round++) {
        QueryVector.Sparse query =
            SparseRows.query(source.draw(random.nextInt(8), new float[] {1, -0.5f, 0}));
        assertThat(find(index, toRow, query, Optional.empty()))
            .as("toRow=%d seed=%d", toRow, seed)
            .isEqualTo(source.byInnerProduct(query, 10, row -> row < toRow));
      }
    }
  }

  @Test
  void testBm25AgainstReference() {
    SparseRows source = new SparseRows(random, 3000);
    source.add(20_000, 30, 1, 1, 2, 3);
    SparseVectorColumn column = source.column();
    Bm25Parameters parameters = new Bm25Parameters(0.9, 0.4);
    GrowingSparseIndex index = new GrowingSparseIndex(MetricType.BM25, parameters);
    for (int toRow : new int[] {500, 20_000}) {
      index.append(column, toRow);
      for (int round = 0; round < 20; round++) {
        QueryVector.Sparse query =
            SparseRows.query(source.draw(1 + random.nextInt(6), new float[] {1, 2}));
        Bm25Statistics own = source.statistics(query, 0, toRow);
        assertThat(index.bm25Statistics(query.indices()).documentFrequencies())
            .isEqualTo(own.documentFrequencies());
        assertThat(find(index, toRow, query, Optional.empty()))
            .as("toRow=%d seed=%d", toRow, seed)
            .isEqualTo(source.byBm25(query, parameters, own, 10, row -> row < toRow));
        Bm25Statistics all = own.plus(source.statistics(query, 0, 100));
        QueryVector.Sparse weighed =
            new QueryVector.Sparse(query.indices(), query.values(), Optional.of(all));
        assertThat(find(index, toRow, weighed, Optional.empty()))
            .as("toRow=%d seed=%d", toRow, seed)
            .isEqualTo(source.byBm25(query, parameters, all, 10, row -> row < toRow));
      }
    }
  }

  @Test
  void testFiltersLimitsAndRanges() {
    SparseRows source = new SparseRows(random, 100);
    source.add(3000, 20);
    GrowingSparseIndex index = new GrowingSparseIndex(MetricType.IP, Bm25Parameters.DEFAULT);
    index.append(source.column(), 3000);
    for (int round = 0; round < 40; round++) {
      int rowLimit = random.nextInt(3001);
      RowBitmap allowed = new RowBitmap(random.nextInt(3001));
      double share = Math.pow(random.nextDouble(), 4);
      for (int row = 0; row < allowed.rowCount(); row++) {
        if (random.nextDouble() < share) {
          allowed.add(row);
        }
      }
      QueryVector.Sparse query = SparseRows.query(source.draw(5, new float[0]));
      double radius = random.nextDouble();
      TopRows results = new TopRows(10, true);
      index.searchBelow(
          rowLimit,
          query,
          new IndexSearchParameters(
              Map.of(), OptionalDouble.of(radius), OptionalDouble.of(radius + 5)),
          Optional.of(allowed),
          results);
      List<SparseRows.Hit> expected =
          source
              .byInnerProduct(
                  query,
                  3000,
                  row -> row < rowLimit && row < allowed.rowCount() && allowed.contains(row))
              .stream()
              .filter(hit -> hit.score() > (float) radius && hit.score() <= (float) (radius + 5))
              .limit(10)
              .toList();
      assertThat(hits(results)).as("seed=%d", seed).isEqualTo(expected);
    }
  }

  /** Searchers take a row limit and must find exactly the rows below it while rows come in. */
  @Test
  void testSearchesWhileRowsAreAppended() throws Exception {
    SparseRows source = new SparseRows(random, 800);
    source.add(30_000, 10, 1, 2, 3);
    SparseVectorColumn column = source.column();
    GrowingSparseIndex index = new GrowingSparseIndex(MetricType.IP, Bm25Parameters.DEFAULT);
    List<QueryVector.Sparse> queries = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      queries.add(SparseRows.query(source.draw(3, new float[] {1, 2})));
    }
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger compared = new AtomicInteger();
    ExecutorService executor = Executors.newFixedThreadPool(2);
    try {
      List<Future<?>> searchers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        Random own = new Random(random.nextLong());
        searchers.add(
            executor.submit(
                () -> {
                  while (!done.get()) {
                    QueryVector.Sparse query = queries.get(own.nextInt(queries.size()));
                    int rowLimit = index.rowCount();
                    assertThat(find(index, rowLimit, query, Optional.empty()))
                        .as("rowLimit=%d seed=%d", rowLimit, seed)
                        .isEqualTo(source.byInnerProduct(query, 10, row -> row < rowLimit));
                    compared.incrementAndGet();
                  }
                }));
      }
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (index.rowCount() < 30_000 || compared.get() < 20) {
        int toRow = Math.min(30_000, index.rowCount() + random.nextInt(40));
        index.append(column, toRow);
        assertThat(System.nanoTime()).isLessThan(deadline);
      }
      done.set(true);
      for (Future<?> searcher : searchers) {
        searcher.get(60, TimeUnit.SECONDS);
      }
    } finally {
      done.set(true);
      executor.shutdownNow();
    }
  }

  @Test
  void testRefusesWhatIsNotThere() {
    GrowingSparseIndex index = new GrowingSparseIndex(MetricType.IP, Bm25Parameters.DEFAULT);
    QueryVector.Sparse query = SparseRows.query(new TreeMap<>(Map.of(1L, 1f)));
    assertThat(find(index, 0, query, Optional.empty())).isEmpty();
    assertThatThrownBy(() -> find(index, 1, query, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rowLimit=1");
    assertThatThrownBy(() -> new GrowingSparseIndex(MetricType.L2, Bm25Parameters.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class);
    index.close();
    assertThatThrownBy(() -> find(index, 0, query, Optional.empty()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  private static List<SparseRows.Hit> find(
      GrowingSparseIndex index, int rowLimit, QueryVector query, Optional<RowBitmap> allowed) {
    TopRows results = new TopRows(10, true);
    index.searchBelow(rowLimit, query, IndexSearchParameters.DEFAULT, allowed, results);
    return hits(results);
  }

  private static List<SparseRows.Hit> hits(TopRows results) {
    results.sortBestFirst();
    List<SparseRows.Hit> hits = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      hits.add(new SparseRows.Hit(results.rowAt(i), results.scoreAt(i)));
    }
    return hits;
  }
}

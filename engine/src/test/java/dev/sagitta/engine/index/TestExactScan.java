package dev.sagitta.engine.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.MetricType;
import java.lang.foreign.Arena;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TestExactScan {
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @ParameterizedTest
  @EnumSource(names = {"L2", "IP", "COSINE"})
  void testAgreesWithReference(MetricType metric) {
    try (Arena arena = Arena.ofConfined()) {
      for (int round = 0; round < 60; round++) {
        int rowCount = 1 + random.nextInt(300);
        int dimension = 1 + random.nextInt(70);
        float[][] rows = randomRows(rowCount, dimension);
        int nullEvery = 2 + random.nextInt(20);
        boolean mayHaveNulls = random.nextBoolean();
        OffHeapVectors vectors =
            new OffHeapVectors(
                arena, 1 + random.nextInt(90), rows, row -> row % nullEvery == 0, mayHaveNulls);
        int from = random.nextInt(rowCount);
        int to = from + random.nextInt(rowCount - from + 1);
        double density = random.nextDouble();
        RowBitmap bitmap = new RowBitmap(rowCount);
        for (int row = 0; row < rowCount; row++) {
          if (random.nextDouble() < density) {
            bitmap.add(row);
          }
        }
        Optional<RowBitmap> allowed = random.nextBoolean() ? Optional.of(bitmap) : Optional.empty();
        IntPredicate expectedRows =
            row ->
                row >= from
                    && row < to
                    && (!mayHaveNulls || row % nullEvery != 0)
                    && (allowed.isEmpty() || bitmap.contains(row));
        float[] query = randomRows(1, dimension)[0];
        TopRows results = new TopRows(1 + random.nextInt(30), metric.largerIsNearer());
        ExactScan.search(
            vectors,
            from,
            to,
            metric,
            QueryVector.of(query),
            IndexSearchParameters.DEFAULT,
            allowed,
            results);
        assertScores(metric, rows, query, expectedRows, results);
      }
    }
  }

  /** To the last bit, so that pages and orders of filtered searches agree with each other. */
  @ParameterizedTest
  @EnumSource(names = {"L2", "IP", "COSINE"})
  void testScoresDoNotDependOnWhichOtherRowsPass(MetricType metric) {
    try (Arena arena = Arena.ofConfined()) {
      for (int round = 0; round < 60; round++) {
        int rowCount = 2 + random.nextInt(50);
        int dimension = 1 + random.nextInt(100);
        OffHeapVectors vectors =
            new OffHeapVectors(
                arena, 1 + random.nextInt(rowCount), randomRows(rowCount, dimension));
        QueryVector query = QueryVector.of(randomRows(1, dimension)[0]);
        float[] alone = new float[rowCount];
        for (int row = 0; row < rowCount; row++) {
          RowBitmap one = new RowBitmap(rowCount);
          one.add(row);
          alone[row] = filtered(vectors, metric, query, one).scoreAt(0);
        }
        RowBitmap some = RowBitmap.full(rowCount);
        some.remove(random.nextInt(rowCount));
        TopRows results = filtered(vectors, metric, query, some);
        for (int i = 0; i < results.size(); i++) {
          assertThat(results.scoreAt(i)).as("seed=%d", seed).isEqualTo(alone[results.rowAt(i)]);
        }
      }
    }
  }

  private static TopRows filtered(
      OffHeapVectors vectors, MetricType metric, QueryVector query, RowBitmap allowed) {
    TopRows results = new TopRows(vectors.rowCount(), metric.largerIsNearer());
    ExactScan.search(
        vectors,
        0,
        vectors.rowCount(),
        metric,
        query,
        IndexSearchParameters.DEFAULT,
        Optional.of(allowed),
        results);
    return results;
  }

  @Test
  void testRangeBoundsAreHalfOpen() {
    float[][] rows = {{0}, {1}, {2}, {3}};
    float[] origin = {0};
    // Squared distances are 0, 1, 4, 9; inner products with (1) are 0, 1, 2, 3.
    assertThat(rangeSearch(MetricType.L2, rows, origin, 4, 1)).containsExactly(1);
    assertThat(rangeSearch(MetricType.L2, rows, origin, 4.5, 0)).containsExactly(0, 1, 2);
    assertThat(rangeSearch(MetricType.IP, rows, new float[] {1}, 1, 3)).containsExactly(3, 2);
    assertThat(rangeSearch(MetricType.IP, rows, new float[] {1}, 0.5, 2)).containsExactly(2, 1);
    assertThatThrownBy(() -> rangeSearch(MetricType.L2, rows, origin, 1, 4))
        .isInstanceOf(SagittaException.class)
        .hasMessageContaining("range_filter=4.0 radius=1.0");
    assertThatThrownBy(() -> rangeSearch(MetricType.IP, rows, origin, 2, 1))
        .isInstanceOf(SagittaException.class)
        .hasMessageContaining("range_filter=1.0 radius=2.0");
  }

  @Test
  void testRowsBeyondTheBitmapAreNotAllowed() {
    try (Arena arena = Arena.ofConfined()) {
      OffHeapVectors vectors = new OffHeapVectors(arena, 2, new float[][] {{1}, {2}, {3}, {4}});
      TopRows results = new TopRows(10, false);
      ExactScan.search(
          vectors,
          0,
          4,
          MetricType.L2,
          QueryVector.of(new float[] {9}),
          IndexSearchParameters.DEFAULT,
          Optional.of(RowBitmap.full(3)),
          results);
      results.sortBestFirst();
      assertThat(results.size()).isEqualTo(3);
      assertThat(results.rowAt(0)).isEqualTo(2);
    }
  }

  private static int[] rangeSearch(
      MetricType metric, float[][] rows, float[] query, double radius, double rangeFilter) {
    try (Arena arena = Arena.ofConfined()) {
      TopRows results = new TopRows(10, metric.largerIsNearer());
      IndexSearchParameters parameters =
          new IndexSearchParameters(
              Map.of(), OptionalDouble.of(radius), OptionalDouble.of(rangeFilter));
      OffHeapVectors vectors = new OffHeapVectors(arena, 3, rows);
      ExactScan.search(
          vectors,
          0,
          rows.length,
          metric,
          QueryVector.of(query),
          parameters,
          Optional.empty(),
          results);
      results.sortBestFirst();
      int[] found = new int[results.size()];
      for (int i = 0; i < found.length; i++) {
        found[i] = results.rowAt(i);
      }
      return found;
    }
  }

  private void assertScores(
      MetricType metric, float[][] rows, float[] query, IntPredicate allowed, TopRows results) {
    results.sortBestFirst();
    var expected = ReferenceSearch.nearest(metric, rows, query, results.capacity(), allowed);
    assertThat(results.size()).as("seed=%d", seed).isEqualTo(expected.size());
    for (int i = 0; i < results.size(); i++) {
      assertThat(allowed.test(results.rowAt(i))).as("seed=%d", seed).isTrue();
      assertThat((double) results.scoreAt(i))
          .as("position=%d seed=%d", i, seed)
          .isCloseTo(ReferenceSearch.score(metric, rows[expected.get(i)], query), within(1e-3));
    }
  }

  private float[][] randomRows(int rowCount, int dimension) {
    float[][] rows = new float[rowCount][dimension];
    for (float[] row : rows) {
      for (int i = 0; i < dimension; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    return rows;
  }
}

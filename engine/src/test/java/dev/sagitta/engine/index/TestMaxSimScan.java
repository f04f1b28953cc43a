package dev.sagitta.engine.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.VectorListColumn;
import dev.sagitta.engine.schema.MetricType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Scans of lists of vectors against the definition of their scores. */
final class TestMaxSimScan {
  private final long seed = Long.getLong("sagitta.test.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @BeforeEach
  void printSeed() {
    System.out.println("seed=" + seed);
  }

  @ParameterizedTest
  @EnumSource(names = {"MAX_SIM_COSINE", "MAX_SIM_IP", "MAX_SIM_L2"})
  void findsWhatTheDefinitionSays(MetricType metric) {
    for (int round = 0; round < 12; round++) {
      int dimension = 2 + random.nextInt(70);
      int rowCount = random.nextInt(60);
      // Longer than one call of the kernels takes, in some rounds.
      int maximumLength = round == 0 ? 700 : 1 + random.nextInt(20);
      RandomLists.WithQueries drawn =
          RandomLists.drawWithQueries(random, dimension, rowCount, maximumLength, 3);
      VectorListColumn column = drawn.rows().column();
      Optional<RowBitmap> allowed =
          random.nextBoolean() ? Optional.of(some(rowCount)) : Optional.empty();
      int from = rowCount == 0 ? 0 : random.nextInt(rowCount);
      List<TopRows> results =
          drawn.queries().stream()
              .map(query -> new TopRows(1 + random.nextInt(20), metric.largerIsNearer()))
              .toList();

      ExactScan.searchAll(
          column,
          from,
          rowCount,
          metric,
          drawn.queries(),
          IndexSearchParameters.DEFAULT,
          allowed,
          results);

      for (int i = 0; i < results.size(); i++) {
        assertFound(drawn, metric, i, from, allowed, results.get(i));
      }
    }
  }

  private RowBitmap some(int rowCount) {
    RowBitmap rows = new RowBitmap(rowCount);
    for (int row = 0; row < rowCount; row++) {
      if (random.nextBoolean()) {
        rows.add(row);
      }
    }
    return rows;
  }

  private void assertFound(
      RandomLists.WithQueries drawn,
      MetricType metric,
      int number,
      int from,
      Optional<RowBitmap> allowed,
      TopRows found) {
    QueryVector query = drawn.queries().get(number);
    List<Integer> expected =
        drawn
            .rows()
            .nearest(
                metric,
                query,
                row -> row >= from && (allowed.isEmpty() || allowed.get().contains(row)));
    found.sortBestFirst();
    assertThat(found.size())
        .as("seed=%d metric=%s", seed, metric)
        .isEqualTo(Math.min(found.capacity(), expected.size()));
    for (int i = 0; i < found.size(); i++) {
      double score = drawn.rows().score(metric, expected.get(i), query);
      double tolerance = 1e-4 * (1 + Math.abs(score));
      // Rows of nearly the same score may change places.
      assertThat((double) found.scoreAt(i))
          .as("seed=%d metric=%s position=%d", seed, metric, i)
          .isCloseTo(score, within(tolerance))
          .isCloseTo(drawn.rows().score(metric, found.rowAt(i), query), within(tolerance));
    }
  }

  @Test
  void rowsOfEqualScoreComeInTheirOrder() {
    float[][] list = {{1, 0}, {0, 1}};
    RandomLists lists = new RandomLists(2, new float[][][] {{}, list, list, null, list, list});
    TopRows found = new TopRows(3, true);

    ExactScan.search(
        lists.column(),
        0,
        6,
        MetricType.MAX_SIM_IP,
        new QueryVector.VectorList(new float[] {1, 2}, 1),
        IndexSearchParameters.DEFAULT,
        Optional.empty(),
        found);

    found.sortBestFirst();
    assertThat(List.of(found.rowAt(0), found.rowAt(1), found.rowAt(2))).containsExactly(1, 2, 4);
    assertThat(found.scoreAt(0)).isEqualTo(2);
  }

  @Test
  void scoresOutsideTheRangeAreLeftOut() {
    RandomLists lists = new RandomLists(2, new float[][][] {{{1, 0}}, {{2, 0}}, {{3, 0}}});
    TopRows found = new TopRows(3, true);
    IndexSearchParameters range =
        new IndexSearchParameters(Map.of(), OptionalDouble.of(2), OptionalDouble.of(5));

    ExactScan.search(
        lists.column(),
        0,
        3,
        MetricType.MAX_SIM_IP,
        new QueryVector.VectorList(new float[] {1, 0, 1, 0}, 2),
        range,
        Optional.empty(),
        found);

    assertThat(found.size()).isEqualTo(1);
    assertThat(found.rowAt(0)).isEqualTo(1);
    assertThat(found.scoreAt(0)).isEqualTo(4);
  }

  @Test
  void queriesMustFitTheColumn() {
    VectorListColumn column = new RandomLists(2, new float[][][] {{{1, 0}}}).column();
    for (QueryVector.VectorList query :
        List.of(
            new QueryVector.VectorList(new float[0], 0),
            new QueryVector.VectorList(new float[] {1, 2, 3}, 1))) {
      assertThatThrownBy(() -> new MaxSimComparison(column, MetricType.MAX_SIM_L2, query))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("dimension=2");
    }
    assertThatThrownBy(
            () ->
                new MaxSimComparison(
                    column, MetricType.L2, new QueryVector.VectorList(new float[] {1, 2}, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("metric=L2");
  }
}

package dev.sagitta.engine.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.filter.Reference.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random conditions on random rows give the same rows as the reference. Conditions are printed as
 * text, so that lexer, parser and planner are tested with the evaluation.
 */
class TestRandomFilters {
  private static final int TABLES = 8;
  private static final int ROWS = 150;
  private static final int CONDITIONS = 1000;

  @Test
  void agreesWithTheReference() {
    long seed = new Random().nextLong();
    System.out.println("TestRandomFilters seed=" + seed);
    Random random = new Random(seed);
    RandomFilters filters = new RandomFilters(random);
    long selected = 0;
    for (int i = 0; i < TABLES; i++) {
      List<Map<String, Object>> rows = new ArrayList<>();
      for (long key = 0; key < ROWS; key++) {
        rows.add(filters.row(key));
      }
      Table table = Table.of(Table.schemaOfAllTypes(true), rows);
      for (int j = 0; j < CONDITIONS; j++) {
        selected += check(table, filters.condition(random.nextInt(4)), random, seed);
      }
    }
    // Conditions that choose all rows or none would test nothing.
    assertThat(selected / (double) (TABLES * CONDITIONS * ROWS)).isBetween(0.1, 0.9);
  }

  private static int check(Table table, Condition condition, Random random, long seed) {
    Filter filter = FilterCompiler.compile(condition.text(), Map.of(), table.schema());
    RowBitmap expected = new RowBitmap(ROWS);
    for (int row = 0; row < ROWS; row++) {
      if (condition.truth().apply(table.rows().get(row)).orElse(false)) {
        expected.add(row);
      }
    }
    RowBitmap actual = filter.evaluate(table.batch());
    for (int row = 0; row < ROWS; row++) {
      if (actual.contains(row) == expected.contains(row)) {
        continue;
      }
      assertThat(actual.contains(row))
          .as("seed=%d filter=%s row=%s", seed, condition.text(), table.rows().get(row))
          .isEqualTo(expected.contains(row));
    }
    RowBitmap candidates = new RowBitmap(ROWS);
    for (int row = 0; row < ROWS; row += random.nextInt(1, 20)) {
      candidates.add(row);
    }
    RowBitmap among = filter.evaluate(table.batch(), candidates);
    expected.and(candidates);
    assertThat(among.words())
        .as("seed=%d filter=%s, among candidates", seed, condition.text())
        .isEqualTo(expected.words());
    return actual.cardinality();
  }
}

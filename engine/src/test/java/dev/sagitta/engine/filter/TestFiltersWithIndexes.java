package dev.sagitta.engine.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.filter.Reference.Condition;
import dev.sagitta.engine.scalarindex.BuiltIndexes;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random conditions on random rows choose the same rows with indexes as without, whichever indexes
 * there are. Indexes are used wherever they know anything, although the tables are small.
 */
class TestFiltersWithIndexes {
  private static final int TABLES = 6;
  private static final int ROWS = 150;
  private static final int CONDITIONS = 1500;
  private static final String[] CASTS = {
    "BOOL", "DOUBLE", "VARCHAR", "ARRAY_BOOL", "ARRAY_DOUBLE", "ARRAY_VARCHAR", "JSON"
  };
  private static final String[] PATHS = {
    "", "['x']", "[\"y\"]", "['z']", "['x']['y']", "[1]", "['日']", "['x'][1]", "[\"k'e\\\"y\"]"
  };

  @Test
  void sameRowsAsWithout(@TempDir Path directory) {
    long seed = new Random().nextLong();
    System.out.println("TestFiltersWithIndexes seed=" + seed);
    Random random = new Random(seed);
    RandomFilters filters = new RandomFilters(random);
    for (int i = 0; i < TABLES; i++) {
      List<Map<String, Object>> rows = new ArrayList<>();
      for (long key = 0; key < ROWS; key++) {
        rows.add(filters.row(key));
      }
      Table table = Table.of(Table.schemaOfAllTypes(true), rows);
      try (BuiltIndexes indexed = new BuiltIndexes(table.batch(), directory, true)) {
        List<String> built = addIndexes(indexed, table, random);
        for (int j = 0; j < CONDITIONS; j++) {
          check(table, indexed, filters.condition(random.nextInt(4)), built, random, seed);
        }
        assertThat(indexed.lookups()).as("seed=%d", seed).isGreaterThan(CONDITIONS / 2);
      }
    }
  }

  private static List<String> addIndexes(BuiltIndexes indexes, Table table, Random random) {
    List<String> built = new ArrayList<>();
    for (FieldSchema field : table.schema().fields()) {
      switch (field.type()) {
        case JSON -> {
          for (int i = 0; i < 4; i++) {
            String path = field.name() + PATHS[random.nextInt(PATHS.length)];
            String cast = CASTS[random.nextInt(CASTS.length)];
            add(
                indexes,
                built,
                field,
                "INVERTED",
                Map.of("json_path", path, "json_cast_type", cast));
          }
          String path = field.name() + PATHS[random.nextInt(PATHS.length)];
          add(
              indexes,
              built,
              field,
              "NGRAM",
              Map.of(
                  "json_path", path,
                  "json_cast_type", "VARCHAR",
                  "min_gram", "1",
                  "max_gram", "2"));
        }
        case VARCHAR -> {
          if (random.nextBoolean()) {
            String minimum = Integer.toString(random.nextInt(1, 3));
            add(indexes, built, field, "NGRAM", Map.of("min_gram", minimum, "max_gram", "3"));
          } else {
            add(
                indexes,
                built,
                field,
                pick(random, "INVERTED", "BITMAP", "STL_SORT", "Trie", "HYBRID"),
                Map.of());
          }
        }
        case ARRAY -> {
          boolean doubles = field.elementType().orElseThrow() == DataType.DOUBLE;
          String type = doubles ? "INVERTED" : pick(random, "INVERTED", "BITMAP", "HYBRID");
          add(indexes, built, field, type, Map.of());
        }
        case FLOAT, DOUBLE ->
            add(indexes, built, field, pick(random, "INVERTED", "STL_SORT", "HYBRID"), Map.of());
        case FLOAT_VECTOR -> {}
        default -> {
          String type =
              field.primaryKey() ? "STL_SORT" : pick(random, "INVERTED", "BITMAP", "HYBRID");
          add(indexes, built, field, type, Map.of());
        }
      }
    }
    return built;
  }

  private static void add(
      BuiltIndexes indexes,
      List<String> built,
      FieldSchema field,
      String type,
      Map<String, String> parameters) {
    indexes.add(field, type, parameters);
    built.add(field.name() + " " + type + " " + parameters);
  }

  private static void check(
      Table table,
      BuiltIndexes indexed,
      Condition condition,
      List<String> built,
      Random random,
      long seed) {
    Filter filter = FilterCompiler.compile(condition.text(), Map.of(), table.schema());
    RowBitmap candidates = new RowBitmap(ROWS);
    for (int row = 0; row < ROWS; row += random.nextInt(1, 4)) {
      candidates.add(row);
    }
    RowBitmap expected = new RowBitmap(ROWS);
    for (int row = 0; row < ROWS; row++) {
      if (condition.truth().apply(table.rows().get(row)).orElse(false)) {
        expected.add(row);
      }
    }
    RowBitmap actual = filter.evaluate(indexed);
    for (int row = 0; row < ROWS; row++) {
      if (actual.contains(row) != expected.contains(row)) {
        assertThat(actual.contains(row))
            .as(
                "seed=%d filter=%s row=%s indexes=%s",
                seed, condition.text(), table.rows().get(row), built)
            .isEqualTo(expected.contains(row));
      }
    }
    expected.and(candidates);
    assertThat(filter.evaluate(indexed, candidates).words())
        .as("seed=%d filter=%s, among candidates", seed, condition.text())
        .isEqualTo(expected.words());
  }

  private static String pick(Random random, String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}

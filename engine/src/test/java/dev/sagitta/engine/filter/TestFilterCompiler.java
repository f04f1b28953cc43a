package dev.sagitta.engine.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Templates, hints, candidates, and null logic by its truth tables. */
class TestFilterCompiler {
  private static final CollectionSchema SCHEMA = Table.schemaOfAllTypes(true);

  /** Rows of {@code flag} and {@code other}: all pairs of true, false and null. */
  private static final Table PAIRS = Table.of(SCHEMA, pairs());

  private static List<Map<String, Object>> pairs() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int row = 0; row < 9; row++) {
      Map<String, Object> values = new HashMap<>(Map.of(Table.KEY, (long) row, "n", 1L));
      values.put("flag", truth(row / 3));
      values.put("other", truth(row % 3));
      rows.add(values);
    }
    return rows;
  }

  private static Boolean truth(int number) {
    return number == 2 ? null : Boolean.valueOf(number == 0);
  }

  private static Optional<Boolean> and(Boolean left, Boolean right) {
    if (Boolean.FALSE.equals(left) || Boolean.FALSE.equals(right)) {
      return Optional.of(false);
    }
    return left == null || right == null ? Optional.empty() : Optional.of(true);
  }

  private static Optional<Boolean> not(Optional<Boolean> value) {
    return value.map(known -> !known);
  }

  @Test
  void followsTheTruthTables() {
    List<Integer> and = new ArrayList<>();
    List<Integer> notAnd = new ArrayList<>();
    List<Integer> or = new ArrayList<>();
    List<Integer> notOr = new ArrayList<>();
    for (int row = 0; row < 9; row++) {
      Boolean left = truth(row / 3);
      Boolean right = truth(row % 3);
      Optional<Boolean> conjunction = and(left, right);
      Optional<Boolean> disjunction =
          not(and(left == null ? null : !left, right == null ? null : !right));
      addIfTrue(and, row, conjunction);
      addIfTrue(notAnd, row, not(conjunction));
      addIfTrue(or, row, disjunction);
      addIfTrue(notOr, row, not(disjunction));
    }
    assertThat(PAIRS.select("flag == true and other == true")).isEqualTo(and).hasSize(1);
    assertThat(PAIRS.select("not (flag == true and other == true)")).isEqualTo(notAnd).hasSize(5);
    assertThat(PAIRS.select("flag == true or other == true")).isEqualTo(or).hasSize(5);
    assertThat(PAIRS.select("not (flag == true or other == true)")).isEqualTo(notOr).hasSize(1);
    assertThat(PAIRS.select("not (not (flag == true))")).containsExactly(0, 1, 2);
    assertThat(PAIRS.select("not (flag == true)")).containsExactly(3, 4, 5);
    assertThat(PAIRS.select("flag == true or not (flag == true) or flag is null")).hasSize(9);
  }

  private static void addIfTrue(List<Integer> rows, int row, Optional<Boolean> value) {
    if (value.orElse(false)) {
      rows.add(row);
    }
  }

  @Test
  void fillsTemplatesIn() {
    Table table = Table.of(SCHEMA, numbers(100));
    assertThat(table.select("n == {v}", Map.of("v", 7L))).containsExactly(7);
    assertThat(table.select("n == {v}", Map.of("v", 7))).containsExactly(7);
    assertThat(table.select("n < {v}", Map.of("v", 1.5))).containsExactly(0, 1);
    assertThat(table.select("n in {v}", Map.of("v", List.of(5L, 3L)))).containsExactly(3, 5);
    assertThat(table.select("s == {v}", Map.of("v", "s4"))).containsExactly(4);
    assertThat(table.select("s like {v}", Map.of("v", "%99"))).containsExactly(99);
    assertThat(table.select("{low} < n <= {high}", Map.of("low", 3L, "high", 5L)))
        .containsExactly(4, 5);
    assertThat(table.select("n in [{a}, 2]", Map.of("a", 1L))).containsExactly(1, 2);
    assertThat(table.select("n + {a} == 3", Map.of("a", 1L))).containsExactly(2);
    assertThat(table.select("array_contains_any(ai, {v})", Map.of("v", List.of(1L)))).isEmpty();
    assertThatThrownBy(() -> table.select("n == {v}", Map.of("v", List.of(1L))))
        .hasMessageContaining("comparisons between Int32 and Array are not supported");
    assertThatThrownBy(() -> table.select("d == {v}", Map.of("v", Double.NaN)))
        .isInstanceOf(FilterException.class)
        .hasMessageContaining("variable name {v} is not finite");
    assertThatThrownBy(() -> table.select("d == {v}", Map.of("v", new Object())))
        .isInstanceOf(FilterException.class);
    assertThatThrownBy(() -> table.select("d == {v}", Collections.singletonMap("v", null)))
        .isInstanceOf(FilterException.class);
  }

  private static List<Map<String, Object>> numbers(int count) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (long row = 0; row < count; row++) {
      rows.add(Map.of(Table.KEY, row, "n", row, "s", "s" + row, "d", row / 2.0));
    }
    return rows;
  }

  @Test
  void matchesAllWhenEmpty() {
    Filter filter = FilterCompiler.compile(" \n", Map.of(), SCHEMA);
    assertThat(filter.matchesAll()).isTrue();
    assertThat(filter.fieldIds()).isEmpty();
    assertThat(filter.evaluate(PAIRS.batch()).cardinality()).isEqualTo(9);
    assertThat(FilterCompiler.compile("n == 1", Map.of(), SCHEMA).matchesAll()).isFalse();
  }

  @Test
  void namesTheFieldsItReads() {
    assertThat(
            FilterCompiler.compile("a == 1 and (color == 'x' or j['k'] is null)", Map.of(), SCHEMA)
                .fieldIds())
        .containsExactlyInAnyOrder(103L, 111L, 116L);
  }

  @Test
  void knowsWhenOnlyKeysAreAskedFor() {
    assertThat(longKeys("id in [3, 1, 3]")).containsExactlyInAnyOrder(3, 1);
    assertThat(longKeys("id == 7")).containsExactly(7);
    assertThat(longKeys("(7 == id)")).containsExactly(7);
    assertThat(longKeys("id in []")).isEmpty();
    Filter byTemplate =
        FilterCompiler.compile("id in {keys}", Map.of("keys", List.of(1L, 2L)), SCHEMA);
    assertThat(byTemplate.primaryKeys()).isPresent();
    for (String other :
        List.of("id not in [1]", "id in [1] and n == 1", "id != 1", "id == n", "n in [1]", "")) {
      assertThat(FilterCompiler.compile(other, Map.of(), SCHEMA).primaryKeys()).isEmpty();
    }
    CollectionSchema byName =
        new CollectionSchema(
            "c",
            "",
            List.of(FieldSchema.of(100, "name", DataType.VARCHAR).asPrimaryKey(false)),
            false);
    assertThat(FilterCompiler.compile("name in ['b', 'a']", Map.of(), byName).primaryKeys())
        .hasValueSatisfying(
            keys -> assertThat(((PrimaryKeys.StringKeys) keys).values()).containsExactly("b", "a"));
  }

  private static long[] longKeys(String expression) {
    Filter filter = FilterCompiler.compile(expression, Map.of(), SCHEMA);
    return ((PrimaryKeys.LongKeys) filter.primaryKeys().orElseThrow()).values();
  }

  @Test
  void looksAtCandidatesOnly() {
    Table table = Table.of(SCHEMA, numbers(200));
    RowBitmap candidates = new RowBitmap(200);
    for (int row = 3; row < 200; row += 7) {
      candidates.add(row);
    }
    RowBitmap before = candidates.copy();
    Filter filter = FilterCompiler.compile("n >= 50 or s like '%1%'", Map.of(), SCHEMA);
    RowBitmap selected = filter.evaluate(table.batch(), candidates);
    RowBitmap expected = filter.evaluate(table.batch());
    expected.and(candidates);
    assertThat(selected.words()).isEqualTo(expected.words());
    assertThat(candidates.words()).isEqualTo(before.words());
    assertThatThrownBy(() -> filter.evaluate(table.batch(), new RowBitmap(199)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void cachesByTextTemplatesAndSchema() {
    FilterCache cache = new FilterCache();
    Filter filter = cache.get("a == {v}", Map.of("v", 1L), SCHEMA);
    assertThat(cache.get("a == {v}", Map.of("v", 1L), SCHEMA)).isSameAs(filter);
    assertThat(cache.get("a == {v}", Map.of("v", 2L), SCHEMA)).isNotSameAs(filter);
    assertThat(cache.get("a == {v}", Map.of("v", 1L), Table.schemaOfAllTypes(true)))
        .isNotSameAs(filter);
    for (int i = 0; i < 3000; i++) {
      cache.get("a == " + i, Map.of(), SCHEMA);
    }
    assertThat(cache.size()).isEqualTo(1024);
    int size = cache.size();
    cache.get("s == '" + "x".repeat(10_000) + "'", Map.of(), SCHEMA);
    cache.get("a in {v}", Map.of("v", Collections.nCopies(2000, 1L)), SCHEMA);
    assertThat(cache.size()).isEqualTo(size);
  }
}

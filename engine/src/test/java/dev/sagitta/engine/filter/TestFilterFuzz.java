package dev.sagitta.engine.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sagitta.engine.schema.CollectionSchema;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the text is, the answer is a filter that can be evaluated, or a FilterException. */
class TestFilterFuzz {
  private static final String[] TOKENS = {
    "a",
    "n",
    "s",
    "flag",
    "j",
    "ai",
    "as",
    "color",
    "$meta",
    "vector",
    "d",
    "id",
    "unknown_name",
    "1",
    "0",
    "-1",
    "2.5",
    "'x'",
    "\"y%\"",
    "true",
    "False",
    "9223372036854775808",
    "0x1F",
    "1e9",
    "==",
    "!=",
    "<",
    "<=",
    ">",
    ">=",
    "+",
    "-",
    "*",
    "/",
    "%",
    "**",
    "&",
    "|",
    "^",
    "~",
    "<<",
    ">>",
    "and",
    "or",
    "not",
    "!",
    "&&",
    "||",
    "in",
    "not in",
    "like",
    "is null",
    "is not null",
    "exists",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    "=",
    "{v}",
    "{list}",
    "[1, 2]",
    "['x']",
    "[0]",
    "['k']",
    "array_length(",
    "json_contains(",
    "array_contains_any(",
    "empty(",
    "starts_with(",
    "text_match(",
    "'",
    "\"",
    "\\",
    "#",
    "日本",
    "\u0000",
    "\n",
    ";",
    "@",
    "$",
    ".",
    "..",
    "1a",
    "'\\q'",
    "'\\u12'"
  };

  @Test
  void neverFailsInAnotherWay() {
    long seed = new Random().nextLong();
    System.out.println("TestFilterFuzz seed=" + seed);
    Random random = new Random(seed);
    CollectionSchema dynamic = Table.schemaOfAllTypes(true);
    CollectionSchema fixed = Table.schemaOfAllTypes(false);
    RandomFilters filters = new RandomFilters(random);
    Table table = Table.of(dynamic, List.of(filters.row(0), filters.row(1), filters.row(2)));
    Map<String, Object> templates = Map.of("v", 1L, "list", List.of(1L, "x", 2.5));
    int compiled = 0;
    for (int i = 0; i < 15_000; i++) {
      String text = random.nextInt(3) == 0 ? mutated(random, filters) : soup(random);
      CollectionSchema schema = random.nextBoolean() ? dynamic : fixed;
      try {
        Filter filter = FilterCompiler.compile(text, templates, schema);
        assertThat(filter.evaluate(table.batch()).cardinality()).isBetween(0, 3);
        compiled++;
      } catch (FilterException expected) {
        assertThat(expected.why()).isNotBlank();
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("seed=" + seed + " text=" + text, e);
      }
    }
    assertThat(compiled).isGreaterThan(100);
  }

  private static String soup(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(1, 14); i > 0; i--) {
      text.append(TOKENS[random.nextInt(TOKENS.length)]);
      if (random.nextInt(4) > 0) {
        text.append(' ');
      }
    }
    return text.toString();
  }

  /** A good filter with one piece cut out, doubled or replaced. */
  private static String mutated(Random random, RandomFilters filters) {
    String text = filters.filter(2).condition().text();
    int from = random.nextInt(text.length());
    int to = Math.min(text.length(), from + random.nextInt(6));
    return switch (random.nextInt(3)) {
      case 0 -> text.substring(0, from) + text.substring(to);
      case 1 -> text.substring(0, to) + text.substring(from);
      default ->
          text.substring(0, from) + TOKENS[random.nextInt(TOKENS.length)] + text.substring(to);
    };
  }
}

package dev.sagitta.engine.filter.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists that are scanned hold the same values as lists that are parsed. */
final class TestLiteralLists {
  private static final String[] ELEMENTS = {
    "0",
    "7",
    "-7",
    "42",
    "123456789012345678",
    "-123456789012345678",
    "9223372036854775807",
    "0.5",
    "-1.25",
    "10.0",
    "'a'",
    "\"b\"",
    "'it\\'s'",
    "'\\u00e9\\n'",
    "'ż'",
    "true",
    "false",
    "'a, b]'",
    "\"[\"",
    "''",
    "1e3",
    "0x1f",
    "017",
    ".5",
    "5.",
    "TRUE",
    "-0.0",
    "u8'x'",
    "- 3"
  };

  @Test
  void scannedAndParsedListsAreEqual() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 3000; i++) {
      List<String> elements = new ArrayList<>();
      int kinds = random.nextBoolean() ? 4 : random.nextBoolean() ? 18 : ELEMENTS.length;
      for (int j = random.nextInt(1, 6); j > 0; j--) {
        elements.add(ELEMENTS[random.nextInt(kinds)]);
      }
      String blank = List.of("", " ", "\n", "\t ").get(random.nextInt(4));
      String list =
          "["
              + blank
              + String.join(blank + "," + blank, elements)
              + blank
              + (random.nextInt(4) == 0 ? "," + blank : "")
              + "]";
      // A character outside the basic plane keeps the scanner away.
      Expression scanned = ExpressionParser.parse("s == '-' and a in " + list + " and b == 1");
      Expression parsed = ExpressionParser.parse("s == '𝄞' and a in " + list + " and b == 1");
      assertThat(values(scanned)).as("seed=%d list=%s", seed, list).isEqualTo(values(parsed));
    }
  }

  private static List<?> values(Expression filter) {
    Expression.In in = (Expression.In) ((Expression.And) filter).operands().get(1);
    return switch (in.list()) {
      case Expression.ConstantList(List<?> values) -> values;
      case Expression.ListLiteral(List<Expression> elements) ->
          elements.stream().map(TestLiteralLists::value).toList();
      default -> throw new AssertionError(in.list());
    };
  }

  private static Object value(Expression element) {
    return element instanceof Expression.Unary(UnaryOperator _, Expression.Literal(Long number))
        ? (Object) (-number)
        : ((Expression.Literal) element).value();
  }

  @Test
  void longListsOfIntegersAreScanned() {
    String list = "[" + "-123456789, ".repeat(10_000) + "5]";
    Expression.In in = (Expression.In) ExpressionParser.parse("a in " + list);
    assertThat(((Expression.ConstantList) in.list()).values())
        .isInstanceOf(LongList.class)
        .hasSize(10_001);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a in [1, 2", "a in [1,, 2]", "a in [, 1]", "a in [1 2]", "a in ['x]", "a in [1x]",
        "a in [1_0]", "a in [1.2.3]", "a in [1]x", "a in [1] ]", "a in [0x]", "a in ['\\q']"
      })
  void errorsAreTheGrammars(String text) {
    assertThat(message(text)).containsPattern("line 1:\\d+ |invalid escape");
  }

  private static String message(String text) {
    List<String> messages = new ArrayList<>();
    assertThatThrownBy(() -> ExpressionParser.parse(text))
        .isInstanceOf(InvalidExpressionException.class)
        .satisfies(failure -> messages.add(failure.getMessage()));
    return messages.getFirst();
  }

  @Test
  void positionsBehindListsAreRight() {
    assertThat(message("a in [1, 2]\nand and")).startsWith("line 2:4");
    assertThat(message("a in [1,\n 2] and and")).startsWith("line 2:8");
    assertThat(message("a in [1, 2] and and")).startsWith("line 1:16");
  }

  @Test
  void pathsAreNoLists() {
    assertThat(ExpressionParser.parse("j[0] == 1"))
        .isEqualTo(
            new Expression.Comparison(
                ComparisonOperator.EQUAL,
                new Expression.Path("j", List.of(new PathStep.Index(0))),
                new Expression.Literal(1L)));
    assertThat(ExpressionParser.parse("iso['x'][1] == 1"))
        .isEqualTo(
            new Expression.Comparison(
                ComparisonOperator.EQUAL,
                new Expression.Path("iso", List.of(new PathStep.Key("x"), new PathStep.Index(1))),
                new Expression.Literal(1L)));
  }
}

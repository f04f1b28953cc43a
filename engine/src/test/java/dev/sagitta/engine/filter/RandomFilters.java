package dev.sagitta.engine.filter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sagitta.engine.filter.Reference.Condition;
import dev.sagitta.engine.filter.Reference.Operand;
import dev.sagitta.engine.filter.Reference.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Random rows of {@link Table#schemaOfAllTypes} and random conditions on them. */
final class RandomFilters {
  private static final String[] OPERATORS = {"==", "!=", "<", "<=", ">", ">="};
  private static final String[] WORDS = {
    "", "a", "b", "ab", "abc", "bca", "a%b", "a_b", "żó", "日本", "a\\b", "it's", "𝄞x", "x\ny"
  };
  private static final String[] PATTERNS = {
    "%", "a%", "%b", "%b%", "a_", "_b%", "a%c", "%ó", "_本", "a\\%b", "%\\_%", "", "__", "%a%b%", "_"
  };
  private static final String[] KEYS = {"x", "y", "z", "k'e\"y", "日", "0"};
  private static final ObjectMapper PLAIN = new ObjectMapper();
  private static final ObjectMapper ESCAPED =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final Random random;
  private final RandomTimes times;
  private final RandomShapes shapes;
  private Map<String, Object> templates = new HashMap<>();

  RandomFilters(Random random) {
    this.random = random;
    this.times = new RandomTimes(random);
    this.shapes = new RandomShapes(random);
  }

  // ---- rows

  Map<String, Object> row(long key) {
    Map<String, Object> row = new HashMap<>();
    row.put(Table.KEY, key);
    row.put("n", (long) random.nextInt(-5, 10));
    putMaybe(row, "a", this::longValue);
    putMaybe(row, "b", () -> (long) random.nextInt(-8, 8));
    putMaybe(row, "d", this::doubleValue);
    putMaybe(row, "f", () -> (double) (float) doubleValue());
    putMaybe(row, "s", this::word);
    putMaybe(row, "t", this::word);
    putMaybe(row, "flag", random::nextBoolean);
    putMaybe(row, "other", random::nextBoolean);
    putMaybe(row, "ai", () -> list(this::longValue));
    putMaybe(row, "ad", () -> list(this::doubleValue));
    putMaybe(row, "as", () -> list(this::word));
    putMaybe(row, "ab", () -> list(random::nextBoolean));
    putMaybe(row, "j", this::document);
    putMaybe(row, "$meta", () -> text(jsonObject(2)));
    putMaybe(row, "ts", times::micros);
    putMaybe(row, "tt", times::micros);
    putMaybe(row, "g", shapes::wkt);
    putMaybe(row, "p", shapes::point);
    return row;
  }

  private void putMaybe(Map<String, Object> row, String name, Supplier<?> value) {
    if (random.nextInt(6) > 0) {
      row.put(name, value.get());
    }
  }

  private <T> List<T> list(Supplier<T> value) {
    List<T> list = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      list.add(value.get());
    }
    return list;
  }

  private long longValue() {
    return switch (random.nextInt(12)) {
      case 0 -> Long.MAX_VALUE - random.nextInt(3);
      case 1 -> Long.MIN_VALUE + random.nextInt(3);
      case 2 -> (1L << 53) + random.nextInt(-2, 3);
      default -> random.nextInt(-4, 8);
    };
  }

  private double doubleValue() {
    return switch (random.nextInt(10)) {
      case 0 -> 0x1p53 + 2 * random.nextInt(-1, 2);
      case 1 -> 0x1p63;
      case 2 -> 1e-7;
      case 3 -> -0.0;
      case 4 -> 0.1;
      default -> random.nextInt(-8, 16) / 2.0;
    };
  }

  private String word() {
    return WORDS[random.nextInt(WORDS.length)];
  }

  private String document() {
    return switch (random.nextInt(12)) {
      case 0 -> text(jsonArray(2));
      case 1 -> text(scalar());
      default -> text(jsonObject(2));
    };
  }

  private String text(Object root) {
    ObjectMapper mapper = random.nextBoolean() ? PLAIN : ESCAPED;
    try {
      return random.nextInt(3) == 0
          ? mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root)
          : mapper.writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private ObjectNode jsonObject(int depth) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (int i = random.nextInt(5); i > 0; i--) {
      String key = pick(KEYS);
      switch (random.nextInt(depth > 0 ? 8 : 6)) {
        case 0 -> object.put(key, longValue());
        case 1 -> object.put(key, doubleValue());
        case 2 -> object.put(key, word());
        case 3 -> object.put(key, random.nextBoolean());
        case 4 -> object.putNull(key);
        case 5 -> object.put(key, random.nextInt(-3, 4));
        case 6 -> object.set(key, jsonArray(depth - 1));
        default -> object.set(key, jsonObject(depth - 1));
      }
    }
    return object;
  }

  private ArrayNode jsonArray(int depth) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (int i = random.nextInt(4); i > 0; i--) {
      switch (random.nextInt(depth > 0 ? 7 : 5)) {
        case 0 -> array.add(longValue());
        case 1 -> array.add(doubleValue());
        case 2 -> array.add(word());
        case 3 -> array.add(random.nextBoolean());
        case 4 -> array.addNull();
        case 5 -> array.add(jsonArray(depth - 1));
        default -> array.add(jsonObject(depth - 1));
      }
    }
    return array;
  }

  // ---- conditions

  /** A condition and the values of the templates in it. */
  record Filtering(Condition condition, Map<String, Object> templates) {}

  Filtering filter(int depth) {
    templates = new HashMap<>();
    Condition condition = condition(depth);
    return new Filtering(condition, templates);
  }

  /** A literal in one of its spellings, or a template. */
  private String literal(Object constant) {
    if (random.nextInt(8) == 0) {
      String name = "t" + templates.size();
      templates.put(name, constant);
      return "{" + name + "}";
    }
    return switch (constant) {
      case Long number when number >= 0 ->
          switch (random.nextInt(8)) {
            case 0 -> "0x" + Long.toHexString(number);
            case 1 -> "0b" + Long.toBinaryString(number);
            case 2 -> "0" + Long.toOctalString(number);
            case 3 -> number < 1000 ? "(" + (number + 7) + " - 7)" : number.toString();
            case 4 -> number < 1000 ? number * 3 + " / 3" : number.toString();
            default -> number.toString();
          };
      case Double number when random.nextInt(4) == 0 ->
          new java.math.BigDecimal(number).stripTrailingZeros().unscaledValue().abs().bitLength()
                  < 50
              ? new java.math.BigDecimal(number).stripTrailingZeros().toEngineeringString() + "e0"
              : number.toString();
      case String text when random.nextBoolean() -> doubleQuoted(text);
      default -> Reference.literal(constant);
    };
  }

  private String doubleQuoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            character -> {
              if (character == '"' || character == '\\') {
                quoted.append('\\').appendCodePoint(character);
              } else if (character == '\n') {
                quoted.append("\\n");
              } else if (character > 0x7f && character < 0x10000 && random.nextBoolean()) {
                quoted.append(String.format("\\u%04x", character));
              } else {
                quoted.appendCodePoint(character);
              }
            });
    return quoted.append('"').toString();
  }

  private Condition condition(int depth) {
    if (depth == 0 || random.nextInt(4) == 0) {
      return leaf();
    }
    if (random.nextInt(4) == 0) {
      return condition(depth - 1).negated();
    }
    return logical(depth, random.nextBoolean());
  }

  private Condition logical(int depth, boolean and) {
    List<Condition> parts = new ArrayList<>();
    for (int i = random.nextInt(2, 4); i > 0; i--) {
      parts.add(condition(depth - 1));
    }
    String operator = and ? pick("and", "&&", "AND") : pick("or", "||", "OR");
    List<String> texts = parts.stream().map(part -> "(" + part.text() + ")").toList();
    return new Condition(
        String.join(" " + operator + " ", texts),
        row -> {
          boolean unknown = false;
          for (Condition part : parts) {
            Optional<Boolean> truth = part.truth().apply(row);
            if (truth.isPresent() && truth.get() != and) {
              return Optional.of(!and);
            }
            unknown |= truth.isEmpty();
          }
          return unknown ? Optional.empty() : Optional.of(and);
        });
  }

  private Condition leaf() {
    return switch (random.nextInt(18)) {
      case 12 -> times.condition();
      case 13 -> shapes.condition();
      case 14 -> jsonEquality();
      case 15 -> arrayEquality();
      case 16 -> prefix();
      case 0, 1 -> numberComparison();
      case 2 -> compare(stringOperand(), pick(OPERATORS), word());
      case 3 -> compare(boolOperand(), pick("==", "!="), random.nextBoolean());
      case 4, 5 ->
          compare(jsonOperand(), pick(OPERATORS), random.nextBoolean() ? number() : word());
      case 6 -> range();
      case 7 -> membership();
      case 8 -> like();
      case 9 -> nullTest();
      case 10 -> arithmetic();
      case 11 -> contains();
      default -> random.nextBoolean() ? arrayLength() : fields();
    };
  }

  private Condition numberComparison() {
    if (random.nextInt(4) == 0) {
      double constant = doubleValue();
      return Reference.compare(
          Reference.field("f"),
          pick(OPERATORS),
          (double) (float) constant,
          literal(constant),
          false);
    }
    return compare(numberOperand(), pick(OPERATORS), number());
  }

  private Condition compare(Operand operand, String operator, Object constant) {
    return Reference.compare(
        operand, operator, constant, literal(constant), random.nextInt(4) == 0);
  }

  private Object number() {
    return random.nextBoolean() ? (Object) longValue() : (Object) doubleValue();
  }

  private Operand longOperand() {
    return random.nextInt(4) == 0
        ? Reference.element("ai", random.nextInt(4))
        : Reference.field(pick("a", "b", "n"));
  }

  private Operand doubleOperand() {
    return random.nextBoolean() ? Reference.field("d") : Reference.element("ad", random.nextInt(4));
  }

  private Operand numberOperand() {
    return random.nextBoolean() ? longOperand() : doubleOperand();
  }

  private Operand stringOperand() {
    return random.nextInt(3) == 0
        ? Reference.element("as", random.nextInt(4))
        : Reference.field(pick("s", "t"));
  }

  private Operand boolOperand() {
    return random.nextInt(3) == 0
        ? Reference.element("ab", random.nextInt(4))
        : Reference.field(pick("flag", "other"));
  }

  private Operand jsonOperand() {
    List<Object> steps = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      if (random.nextInt(3) == 0) {
        int index = random.nextInt(3);
        steps.add(index);
        text.append('[').append(index).append(']');
      } else {
        String key = pick("x", "y", "z", "k'e\"y", "日", "0", "1");
        steps.add(key);
        text.append('[').append(Reference.literal(key)).append(']');
      }
    }
    return switch (random.nextInt(3)) {
      case 0 -> Reference.json("$meta" + text, "$meta", true, steps);
      case 1 -> {
        List<Object> named = new ArrayList<>(List.of("x"));
        named.addAll(steps);
        yield Reference.json("x" + text, "$meta", true, named);
      }
      default -> Reference.json("j" + text, "j", false, steps);
    };
  }

  /** A whole document, or a path into one. */
  private Operand wholeOrPath() {
    return random.nextInt(5) == 0 ? Reference.json("j", "j", false, List.of()) : jsonOperand();
  }

  private Condition jsonEquality() {
    Operand operand = wholeOrPath();
    Object constant = random.nextBoolean() ? random.nextBoolean() : list(this::scalar);
    boolean equal = random.nextBoolean();
    return new Condition(
        operand.text() + (equal ? " == " : " != ") + literal(constant),
        row ->
            operand.value().apply(row) instanceof Value.Json json
                ? Optional.of(Reference.jsonEquals(json.node(), constant) == equal)
                : Optional.empty());
  }

  private Condition arrayEquality() {
    String name = pick("ai", "ad", "as", "ab");
    List<?> constant =
        switch (name) {
          case "ai" -> list(this::longValue);
          case "ad" -> list(this::doubleValue);
          case "as" -> list(this::word);
          default -> list(random::nextBoolean);
        };
    boolean equal = random.nextBoolean();
    return new Condition(
        name + (equal ? " == " : " != ") + literal(constant),
        row -> {
          List<?> array = (List<?>) row.get(name);
          if (array == null) {
            return Optional.empty();
          }
          boolean same = array.size() == constant.size();
          for (int i = 0; same && i < array.size(); i++) {
            same = Reference.order(array.get(i), constant.get(i)).orElseThrow() == 0;
          }
          return Optional.of(same == equal);
        });
  }

  private Condition prefix() {
    Operand operand = random.nextBoolean() ? stringOperand() : wholeOrPath();
    boolean empty = random.nextInt(3) == 0;
    String start = empty ? "" : word();
    String text =
        empty
            ? pick("empty(", "EMPTY(") + operand.text() + ")"
            : "starts_with(" + operand.text() + ", " + literal(start) + ")";
    Predicate<String> matches = value -> empty ? value.isEmpty() : value.startsWith(start);
    return new Condition(text, row -> ofString(operand.value().apply(row), matches));
  }

  private static Optional<Boolean> ofString(Value operand, Predicate<String> matches) {
    return switch (operand) {
      case Value.Null() -> Optional.empty();
      case Value.Absent() -> Optional.of(false);
      case Value.Typed(Object value) -> Optional.of(matches.test((String) value));
      case Value.Json json ->
          Optional.of(json.node().isTextual() && matches.test(json.node().textValue()));
    };
  }

  private Condition range() {
    Operand operand = random.nextBoolean() ? numberOperand() : wholeOrPath();
    Object low = number();
    Object high = number();
    if (Reference.order(low, high).orElseThrow() > 0) {
      Object swap = low;
      low = high;
      high = swap;
    }
    boolean ascending = random.nextBoolean();
    String first = ascending ? pick("<", "<=") : pick(">", ">=");
    String last = ascending ? pick("<", "<=") : pick(">", ">=");
    Object start = ascending ? low : high;
    Object end = ascending ? high : low;
    return new Condition(
        literal(start) + " " + first + " " + operand.text() + " " + last + " " + literal(end),
        row -> {
          Value value = operand.value().apply(row);
          Optional<Boolean> one = Reference.compareValue(value, Reference.swapped(first), start);
          Optional<Boolean> two = Reference.compareValue(value, last, end);
          return one.isEmpty() ? one : Optional.of(one.get() && two.orElseThrow());
        });
  }

  private Condition membership() {
    Operand operand;
    List<?> constants;
    switch (random.nextInt(5)) {
      case 0 -> {
        operand = longOperand();
        constants = list(this::longValue);
      }
      case 1 -> {
        operand = doubleOperand();
        constants = list(this::doubleValue);
      }
      case 2 -> {
        operand = stringOperand();
        constants = list(this::word);
      }
      case 3 -> {
        operand = boolOperand();
        constants = list(random::nextBoolean);
      }
      default -> {
        operand = wholeOrPath();
        constants = list(() -> random.nextBoolean() ? number() : word());
      }
    }
    Condition in = anyEqual(operand, operand.text() + " in " + literal(constants), constants);
    return random.nextBoolean()
        ? in
        : new Condition(operand.text() + " not in " + literal(constants), in.negated().truth());
  }

  private static Condition anyEqual(Operand operand, String text, List<?> constants) {
    return new Condition(
        text,
        row -> {
          Value value = operand.value().apply(row);
          if (value instanceof Value.Null) {
            return Optional.empty();
          }
          return Optional.of(
              constants.stream()
                  .anyMatch(
                      constant -> Reference.compareValue(value, "==", constant).orElseThrow()));
        });
  }

  private Condition like() {
    Operand operand = random.nextBoolean() ? stringOperand() : wholeOrPath();
    String pattern = pick(PATTERNS);
    Predicate<String> matches = Reference.like(pattern).asMatchPredicate();
    return new Condition(
        operand.text() + " like " + literal(pattern),
        row -> ofString(operand.value().apply(row), matches));
  }

  private Condition nullTest() {
    if (random.nextBoolean()) {
      Operand json = jsonOperand();
      boolean exists = random.nextBoolean();
      return new Condition(
          exists ? "exists " + json.text() : json.text() + " is null",
          row ->
              switch (json.value().apply(row)) {
                case Value.Json value ->
                    Optional.of(exists != (value.node().isMissingNode() || value.node().isNull()));
                default -> exists ? Optional.empty() : Optional.of(true);
              });
    }
    String name = pick("a", "n", "d", "s", "flag", "j", "ai", "as", "ts", "g");
    boolean isNull = random.nextBoolean();
    return new Condition(
        name + (isNull ? " is null" : " is not null"),
        row -> Optional.of((row.get(name) == null) == isNull));
  }

  private Condition arithmetic() {
    String operator = pick("+", "-", "*", "/", "%");
    boolean constantFirst = random.nextInt(4) == 0 && !"/%".contains(operator);
    long constant = random.nextBoolean() ? random.nextInt(1, 4) : -random.nextInt(1, 4);
    boolean json = random.nextInt(3) == 0;
    Operand operand = json ? jsonOperand() : longOperand();
    String text =
        constantFirst
            ? constant + " " + operator + " " + operand.text()
            : operand.text() + " " + operator + " " + constant;
    Operand result =
        new Operand(
            text,
            row ->
                switch (operand.value().apply(row)) {
                  case Value.Typed(Object value) ->
                      new Value.Typed(compute(operator, (Long) value, constant, constantFirst));
                  case Value.Json jsonValue -> {
                    Object value = Reference.scalar(jsonValue.node()).orElse("none");
                    yield switch (value) {
                      case Long number ->
                          new Value.Json(
                              JsonNodeFactory.instance.numberNode(
                                  compute(operator, number, constant, constantFirst)));
                      case Double number when !operator.equals("%") ->
                          new Value.Json(
                              JsonNodeFactory.instance.numberNode(
                                  compute(operator, number, (double) constant, constantFirst)));
                      default -> new Value.Json(JsonNodeFactory.instance.missingNode());
                    };
                  }
                  case Value other -> other;
                });
    return compare(result, pick(OPERATORS), number());
  }

  private static long compute(String operator, long value, long constant, boolean constantFirst) {
    long left = constantFirst ? constant : value;
    long right = constantFirst ? value : constant;
    return switch (operator) {
      case "+" -> left + right;
      case "-" -> left - right;
      case "*" -> left * right;
      case "/" -> left / right;
      default -> left % right;
    };
  }

  private static double compute(
      String operator, double value, double constant, boolean constantFirst) {
    double left = constantFirst ? constant : value;
    double right = constantFirst ? value : constant;
    return switch (operator) {
      case "+" -> left + right;
      case "-" -> left - right;
      case "*" -> left * right;
      default -> left / right;
    };
  }

  private Condition contains() {
    if (random.nextBoolean()) {
      Operand json = wholeOrPath();
      return contains(
          json,
          "json_contains",
          list(() -> random.nextInt(5) == 0 ? list(this::number) : scalar()));
    }
    return switch (random.nextInt(4)) {
      case 3 -> contains(Reference.field("ab"), "array_contains", list(random::nextBoolean));
      case 0 -> contains(Reference.field("ai"), "array_contains", list(this::longValue));
      case 1 -> contains(Reference.field("ad"), "array_contains", list(this::doubleValue));
      default -> contains(Reference.field("as"), "array_contains", list(this::word));
    };
  }

  private Object scalar() {
    return switch (random.nextInt(3)) {
      case 0 -> word();
      case 1 -> random.nextBoolean();
      default -> number();
    };
  }

  private Condition contains(Operand operand, String function, List<?> constants) {
    String kind = constants.isEmpty() ? pick("_any", "_all") : pick("", "_any", "_all");
    List<?> wanted = kind.isEmpty() ? constants.subList(0, 1) : constants;
    String argument = literal(kind.isEmpty() ? wanted.get(0) : wanted);
    return new Condition(
        function + kind + "(" + operand.text() + ", " + argument + ")",
        row -> {
          Predicate<Object> found =
              switch (operand.value().apply(row)) {
                case Value.Typed(Object list) ->
                    constant ->
                        ((List<?>) list)
                            .stream()
                                .anyMatch(value -> Reference.order(value, constant).orElse(1) == 0);
                case Value.Json json ->
                    constant -> {
                      boolean any = false;
                      if (json.node().isArray()) {
                        for (var node : json.node()) {
                          any |= Reference.jsonEquals(node, constant);
                        }
                      }
                      return any;
                    };
                default -> null;
              };
          if (found == null) {
            return Optional.empty();
          }
          boolean isArray =
              !(operand.value().apply(row) instanceof Value.Json json) || json.node().isArray();
          return Optional.of(
              isArray
                  && (kind.equals("_all")
                      ? wanted.stream().allMatch(found)
                      : wanted.stream().anyMatch(found)));
        });
  }

  private Condition arrayLength() {
    Operand array = random.nextBoolean() ? wholeOrPath() : Reference.field(pick("ai", "as"));
    Operand length =
        new Operand(
            "array_length(" + array.text() + ")",
            row ->
                switch (array.value().apply(row)) {
                  case Value.Typed(Object list) -> new Value.Typed((long) ((List<?>) list).size());
                  case Value.Json json ->
                      new Value.Typed(json.node().isArray() ? (long) json.node().size() : 0L);
                  case Value other -> other;
                });
    return compare(length, pick(OPERATORS), (long) random.nextInt(4));
  }

  private Condition fields() {
    String[] names =
        switch (random.nextInt(3)) {
          case 0 -> new String[] {"s", "t"};
          case 1 -> new String[] {"flag", "other"};
          default -> new String[] {pick("a", "b", "d", "n", "f"), pick("a", "d", "n")};
        };
    String operator = names[0].equals("flag") ? pick("==", "!=") : pick(OPERATORS);
    return new Condition(
        names[0] + " " + operator + " " + names[1],
        row -> {
          Object left = row.get(names[0]);
          Object right = row.get(names[1]);
          return left == null || right == null
              ? Optional.empty()
              : Optional.of(Reference.holds(operator, Reference.order(left, right).orElseThrow()));
        });
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}

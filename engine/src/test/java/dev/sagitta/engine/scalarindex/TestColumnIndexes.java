package dev.sagitta.engine.scalarindex;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.ColumnBuilder;
import dev.sagitta.engine.filter.number.DoubleRange;
import dev.sagitta.engine.filter.number.DoubleSet;
import dev.sagitta.engine.filter.number.LongRange;
import dev.sagitta.engine.filter.number.LongSet;
import dev.sagitta.engine.filter.syntax.ComparisonOperator;
import dev.sagitta.engine.filter.text.LikePattern;
import dev.sagitta.engine.filter.text.Utf8Comparison;
import dev.sagitta.engine.filter.text.Utf8Prefix;
import dev.sagitta.engine.filter.text.Utf8Set;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every family over random columns of every type it takes, against plain Java on the values. */
class TestColumnIndexes {
  private static final String[] WORDS = {
    "",
    "a",
    "b",
    "ab",
    "abc",
    "python3-",
    "python3-numpy",
    "python3-",
    "żółw",
    "日本",
    "𝄞",
    "\0",
    "a\0"
  };

  private static final List<ComparisonOperator> OPERATORS = List.of(ComparisonOperator.values());

  @TempDir private Path directory;
  private Random random;
  private String seedText;

  /** A question with what it means for a value. */
  private record Question(ScalarTest test, Predicate<Object> meaning) {}

  @BeforeEach
  void seed() {
    long seed = new Random().nextLong();
    seedText = "TestColumnIndexes seed=" + seed;
    System.out.println(seedText);
    random = new Random(seed);
  }

  @Test
  void integers() {
    for (DataType type : List.of(DataType.INT8, DataType.INT16, DataType.INT32, DataType.INT64)) {
      check(
          type,
          List.of("INVERTED", "BITMAP", "STL_SORT", "HYBRID", "AUTOINDEX"),
          () -> integer(type),
          this::integerQuestion);
    }
  }

  private Object integer(DataType type) {
    int bits =
        switch (type) {
          case INT8 -> 8;
          case INT16 -> 16;
          case INT32 -> 32;
          default -> 64;
        };
    long largest = Long.MAX_VALUE >>> (64 - bits);
    return switch (random.nextInt(10)) {
      case 0 -> largest;
      case 1 -> -largest - 1;
      case 2 -> random.nextLong() >> (64 - bits);
      default -> (long) random.nextInt(-20, 20);
    };
  }

  private Question integerQuestion(List<Object> values) {
    if (random.nextBoolean()) {
      long low = (Long) valueOr(values, 0L) + random.nextInt(-1, 2);
      long high = random.nextInt(3) == 0 ? low : (Long) valueOr(values, 5L);
      return new Question(
          new ScalarTest.Longs(new LongRange(low, high)),
          value -> (Long) value >= low && (Long) value <= high);
    }
    Set<Object> set = setOf(values, () -> (Object) random.nextLong(-100, 100));
    return new Question(
        new ScalarTest.Longs(new LongSet(set.stream().mapToLong(value -> (Long) value).toArray())),
        set::contains);
  }

  @Test
  void floats() {
    for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
      check(
          type,
          List.of("INVERTED", "STL_SORT", "HYBRID", ""),
          () -> floating(type),
          this::floatingQuestion);
    }
  }

  private Object floating(DataType type) {
    double value =
        switch (random.nextInt(12)) {
          case 0 -> Double.NaN;
          case 1 -> Double.POSITIVE_INFINITY;
          case 2 -> Double.NEGATIVE_INFINITY;
          case 3 -> -0.0;
          case 4 -> 0.0;
          case 5 -> Double.MIN_VALUE;
          case 6 -> Double.MAX_VALUE;
          default -> random.nextInt(-20, 20) / 4.0;
        };
    return type == DataType.FLOAT ? (double) (float) value : value;
  }

  private Question floatingQuestion(List<Object> values) {
    double one = (Double) valueOr(values, 0.0);
    double other = (Double) valueOr(values, 1.0);
    double low = Double.isNaN(one) ? -1 : one;
    double high = Double.isNaN(other) ? 2 : other;
    if (random.nextBoolean()) {
      return new Question(
          new ScalarTest.Doubles(new DoubleRange(low, high)),
          value -> (Double) value >= low && (Double) value <= high);
    }
    double[] set = {low, high, 0.125, -0.0};
    return new Question(
        new ScalarTest.Doubles(new DoubleSet(set)),
        value -> Arrays.stream(set).anyMatch(element -> element == (Double) value));
  }

  @Test
  void strings() {
    check(
        DataType.VARCHAR,
        List.of("INVERTED", "BITMAP", "STL_SORT", "Trie", "HYBRID", "NGRAM"),
        this::word,
        this::stringQuestion);
  }

  private Object word() {
    String word = WORDS[random.nextInt(WORDS.length)];
    return random.nextInt(3) == 0 ? word + random.nextInt(100) : word;
  }

  private Question stringQuestion(List<Object> values) {
    String text = (String) valueOr(values, "x");
    return switch (random.nextInt(5)) {
      case 0 -> {
        ComparisonOperator operator = OPERATORS.get(random.nextInt(OPERATORS.size()));
        yield new Question(
            new ScalarTest.Strings(new Utf8Comparison(operator, text)),
            value -> operator.holds(compare((String) value, text)));
      }
      case 1 -> {
        Set<Object> set = setOf(values, () -> "no such word");
        yield new Question(
            new ScalarTest.Strings(new Utf8Set(set.stream().map(String.class::cast).toList())),
            set::contains);
      }
      case 2 ->
          new Question(
              new ScalarTest.Strings(new Utf8Prefix(text)),
              value -> ((String) value).startsWith(text));
      case 3 -> {
        String part = part(text);
        yield new Question(
            new ScalarTest.Strings(LikePattern.compile("%" + part + "%")),
            value -> ((String) value).contains(part));
      }
      default -> {
        String start = part(text);
        yield new Question(
            new ScalarTest.Strings(LikePattern.compile(start + "%3")),
            value ->
                ((String) value).startsWith(start)
                    && ((String) value).endsWith("3")
                    && ((String) value).length() > start.length());
      }
    };
  }

  /** Some whole characters of the text. */
  private String part(String text) {
    int count = text.codePointCount(0, text.length());
    int from = random.nextInt(count + 1);
    int to = from + random.nextInt(count - from + 1);
    return text.substring(text.offsetByCodePoints(0, from), text.offsetByCodePoints(0, to));
  }

  private static int compare(String left, String right) {
    return Arrays.compareUnsigned(left.getBytes(UTF_8), right.getBytes(UTF_8));
  }

  @Test
  void booleans() {
    check(
        DataType.BOOL,
        List.of("INVERTED", "BITMAP", "HYBRID", "AUTOINDEX"),
        random::nextBoolean,
        _ -> {
          boolean yes = random.nextBoolean();
          boolean no = random.nextBoolean();
          return new Question(
              new ScalarTest.Booleans(yes, no), value -> (Boolean) value ? yes : no);
        });
  }

  @FunctionalInterface
  private interface Questions {
    Question about(List<Object> values);
  }

  private void check(
      DataType type, List<String> families, Supplier<Object> value, Questions questions) {
    for (int rowCount : new int[] {0, 1, 65, 1000, 70_000}) {
      if (rowCount == 70_000 && type != DataType.INT32 && type != DataType.VARCHAR) {
        continue;
      }
      for (Shape shape : rowCount < 1000 ? Shape.values() : new Shape[] {Shape.MIXED}) {
        List<Object> values = values(rowCount, shape, value);
        checkFamilies(FieldSchema.of(100, "field", type).asNullable(), families, values, questions);
        if (shape == Shape.MIXED && rowCount <= 1000) {
          checkArrays(type, families, rowCount, value, questions);
        }
      }
    }
  }

  private enum Shape {
    MIXED,
    NO_NULLS,
    ALL_EQUAL,
    ALL_NULL
  }

  private List<Object> values(int rowCount, Shape shape, Supplier<Object> value) {
    Object one = value.get();
    List<Object> values = new ArrayList<>();
    for (int row = 0; row < rowCount; row++) {
      values.add(
          switch (shape) {
            case MIXED -> random.nextInt(5) == 0 ? null : value.get();
            case NO_NULLS -> value.get();
            case ALL_EQUAL -> one;
            case ALL_NULL -> null;
          });
    }
    return values;
  }

  private void checkFamilies(
      FieldSchema field, List<String> families, List<Object> values, Questions questions) {
    ColumnBuilder builder = ColumnBuilder.forField(field, values.size());
    values.forEach(value -> append(builder, value));
    checkColumn(field, families, builder.build(), values, questions, false);
  }

  /** Arrays are asked whether some element passes. */
  private void checkArrays(
      DataType type,
      List<String> families,
      int rowCount,
      Supplier<Object> value,
      Questions questions) {
    FieldSchema field =
        FieldSchema.of(100, "field", DataType.INT8).withElementType(type).asNullable();
    List<Object> arrays =
        values(
            rowCount, Shape.MIXED, () -> Stream.generate(value).limit(random.nextInt(4)).toList());
    ColumnBuilder builder = ColumnBuilder.forField(field, rowCount);
    for (Object array : arrays) {
      if (array == null) {
        builder.appendNull();
        continue;
      }
      builder.beginArray();
      ((List<?>) array).forEach(element -> appendElement(builder, element));
      builder.endArray();
    }
    List<String> accepting =
        families.stream()
            .filter(name -> !Set.of("STL_SORT", "Trie", "NGRAM").contains(name))
            .toList();
    checkColumn(field, accepting, builder.build(), arrays, questions, true);
  }

  private void checkColumn(
      FieldSchema field,
      List<String> families,
      Column column,
      List<Object> values,
      Questions questions,
      boolean arrays) {
    ColumnBatch batch = new ColumnBatch(values.size(), Map.of(field.id(), column));
    try (BuiltIndexes indexes = new BuiltIndexes(batch, directory, false)) {
      for (String family : families) {
        indexes.add(
            field,
            family.isEmpty() ? ScalarIndexTypes.AUTOINDEX : family,
            family.equals("NGRAM") ? Map.of("min_gram", "1", "max_gram", "3") : Map.of());
      }
      List<Object> single =
          arrays
              ? values.stream()
                  .filter(List.class::isInstance)
                  .flatMap(array -> ((List<?>) array).stream())
                  .map(Object.class::cast)
                  .toList()
              : values;
      for (int i = 0; i < 12; i++) {
        Question question = questions.about(single);
        for (int j = 0; j < families.size(); j++) {
          checkQuestion(
              indexes.scalarIndexes(field.id()).get(j), question, values, arrays, families.get(j));
        }
      }
    }
  }

  private void checkQuestion(
      ScalarIndex index, Question question, List<Object> values, boolean arrays, String family) {
    Optional<RowMatch> match =
        index.match(arrays ? new ScalarTest.AnyElement(question.test()) : question.test());
    if (match.isEmpty()) {
      assertThat(family).as("%s %s", seedText, question).isEqualTo("NGRAM");
      return;
    }
    RowBitmap rows = match.get().rows();
    assertThat(match.get().cost()).isNotNegative();
    for (int row = 0; row < values.size(); row++) {
      Object value = values.get(row);
      if (value == null) {
        continue;
      }
      boolean expected =
          value instanceof List<?> list
              ? list.stream().anyMatch(question.meaning())
              : question.meaning().test(value);
      // An index that is not sure may give more rows, never fewer.
      if (expected != rows.contains(row) && (expected || match.get().exact())) {
        assertThat(rows.contains(row))
            .as("%s family=%s row=%d value=%s test=%s", seedText, family, row, value, question)
            .isEqualTo(expected);
      }
    }
  }

  private static void append(ColumnBuilder builder, Object value) {
    switch (value) {
      case null -> builder.appendNull();
      case Long number -> builder.appendLong(number);
      case Double number -> builder.appendDouble(number);
      case Boolean bool -> builder.appendBoolean(bool);
      default -> builder.appendString((String) value);
    }
  }

  private static void appendElement(ColumnBuilder builder, Object value) {
    switch (value) {
      case Long number -> builder.appendElementLong(number);
      case Double number -> builder.appendElementDouble(number);
      case Boolean bool -> builder.appendElementBoolean(bool);
      default -> builder.appendElementString((String) value);
    }
  }

  private Object valueOr(List<Object> values, Object otherwise) {
    Object value = values.isEmpty() ? null : values.get(random.nextInt(values.size()));
    return value == null ? otherwise : value;
  }

  private Set<Object> setOf(List<Object> values, Supplier<Object> other) {
    Set<Object> set = new HashSet<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      set.add(random.nextBoolean() ? other.get() : valueOr(values, other.get()));
    }
    return set;
  }
}

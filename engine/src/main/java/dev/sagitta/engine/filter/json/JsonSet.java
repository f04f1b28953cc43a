package dev.sagitta.engine.filter.json;

import dev.sagitta.engine.filter.number.DoubleRange;
import dev.sagitta.engine.filter.number.DoubleSet;
import dev.sagitta.engine.filter.number.LongSet;
import dev.sagitta.engine.filter.number.OrderedBits;
import dev.sagitta.engine.filter.text.Utf8Set;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Values equal to one of many constants of any types. Numbers are equal as numbers: the constant
 * 1.0 and the value 1 are the same.
 */
public final class JsonSet implements JsonTest {
  private final LongSet longs;
  private final DoubleSet doubles;
  private final Utf8Set strings;
  private final boolean acceptsTrue;
  private final boolean acceptsFalse;
  private final JsonTest[] arrays;

  /**
   * A set of constants.
   *
   * @param constants each a Boolean, Long, Double, String or a List of these
   */
  public JsonSet(List<?> constants) {
    List<Long> longValues = new ArrayList<>();
    List<Double> doubleValues = new ArrayList<>();
    List<String> stringValues = new ArrayList<>();
    List<JsonTest> arrayTests = new ArrayList<>();
    for (Object constant : constants) {
      switch (constant) {
        case Long value -> longValues.add(value);
        case Double value -> {
          doubleValues.add(value);
          if (isWhole(value)) {
            longValues.add(value.longValue());
          }
        }
        case String value -> stringValues.add(value);
        case List<?> value -> arrayTests.add(JsonTests.equalTo(value));
        default -> {}
      }
    }
    longs = new LongSet(longValues.stream().mapToLong(Long::longValue).toArray());
    doubles = new DoubleSet(doubleValues.stream().mapToDouble(Double::doubleValue).toArray());
    strings = new Utf8Set(stringValues);
    acceptsTrue = constants.contains(true);
    acceptsFalse = constants.contains(false);
    arrays = arrayTests.toArray(new JsonTest[0]);
  }

  /** Whether values of any type but numbers may be in the set. */
  public boolean acceptsOtherThanNumbers() {
    return acceptsOtherThanNumbersAndStrings() || strings.sortedValues().length > 0;
  }

  /** Whether values of any type but strings may be in the set. */
  public boolean acceptsOtherThanStrings() {
    return acceptsOtherThanNumbersAndStrings()
        || longs.sortedValues().length > 0
        || doubles.sortedBits().length > 0;
  }

  /** Whether values that are neither numbers nor strings may be in the set. */
  public boolean acceptsOtherThanNumbersAndStrings() {
    return acceptsTrue || acceptsFalse || arrays.length > 0;
  }

  /** The strings of the set. */
  public Utf8Set strings() {
    return strings;
  }

  /** Whether {@link #roundedNumbers} are the numbers of the set exactly. */
  public boolean numbersAreDoubles() {
    return Arrays.stream(longs.sortedValues())
        .allMatch(value -> DoubleRange.compare(value, (double) value) == 0);
  }

  /** The numbers of the set, each rounded to a double. */
  public DoubleSet roundedNumbers() {
    return new DoubleSet(
        DoubleStream.concat(
                Arrays.stream(longs.sortedValues()).mapToDouble(value -> (double) value),
                Arrays.stream(doubles.sortedBits()).mapToDouble(OrderedBits::toDouble))
            .toArray());
  }

  private static boolean isWhole(double value) {
    return value == Math.rint(value) && value >= -0x1p63 && value < 0x1p63;
  }

  @Override
  public boolean matches(JsonValue value) {
    if (value.readNumber()) {
      if (value.isLong()) {
        return longs.contains(value.longValue());
      }
      double number = value.doubleValue();
      return doubles.contains(number) || (isWhole(number) && longs.contains((long) number));
    }
    if (value.isTrue()) {
      return acceptsTrue;
    }
    if (value.isFalse()) {
      return acceptsFalse;
    }
    if (value.isArray()) {
      for (JsonTest array : arrays) {
        if (array.matches(value)) {
          return true;
        }
      }
      return false;
    }
    return value.stringMatches(strings);
  }
}

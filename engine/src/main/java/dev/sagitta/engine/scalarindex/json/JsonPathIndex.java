package dev.sagitta.engine.scalarindex.json;

import dev.sagitta.engine.filter.json.JsonPath;
import dev.sagitta.engine.filter.json.JsonSet;
import dev.sagitta.engine.filter.json.JsonTest;
import dev.sagitta.engine.filter.json.JsonTests;
import dev.sagitta.engine.filter.number.DoubleRange;
import dev.sagitta.engine.filter.number.NumberRange;
import dev.sagitta.engine.scalarindex.RowMatch;
import dev.sagitta.engine.scalarindex.ScalarIndex;
import dev.sagitta.engine.scalarindex.ScalarTest;
import dev.sagitta.engine.scalarindex.file.ScalarIndexFile;
import dev.sagitta.engine.scalarindex.keyed.KeyedIndex;
import dev.sagitta.engine.schema.DataType;
import java.util.Optional;

/**
 * An index of the values at one path of JSON documents, all of one type. It knows nothing about
 * tests that values of other types may pass.
 */
final class JsonPathIndex implements ScalarIndex {
  private final KeyedIndex keys;
  private final JsonPath path;
  private final JsonCast cast;
  private final boolean rounded;

  JsonPathIndex(ScalarIndexFile file, JsonPath path, JsonCast cast) {
    this.keys = new KeyedIndex(file);
    this.path = path;
    this.cast = cast;
    this.rounded = file.description().inexact();
  }

  @Override
  public int rowCount() {
    return keys.rowCount();
  }

  @Override
  public Optional<RowMatch> match(ScalarTest test) {
    if (!(test instanceof ScalarTest.Json(JsonPath testedPath, JsonTest jsonTest))
        || !testedPath.equals(path)) {
      return Optional.empty();
    }
    if (!cast.elements()) {
      return matchValue(jsonTest);
    }
    return jsonTest instanceof JsonTests.AnyElement(JsonTest element)
        ? matchValue(element)
        : Optional.empty();
  }

  private Optional<RowMatch> matchValue(JsonTest test) {
    DataType type = cast.valueType().orElseThrow();
    return switch (test) {
      case JsonTests.InRange(NumberRange range) when type == DataType.DOUBLE ->
          keys.matchKey(new ScalarTest.Doubles(rounded ? widened(range) : range.doubles()), true);
      case JsonSet set when type == DataType.DOUBLE && !set.acceptsOtherThanNumbers() ->
          keys.matchKey(new ScalarTest.Doubles(set.roundedNumbers()), set.numbersAreDoubles());
      case JsonTests.Text text when type == DataType.VARCHAR ->
          keys.matchKey(new ScalarTest.Strings(text.test()), true);
      case JsonSet set when type == DataType.VARCHAR && !set.acceptsOtherThanStrings() ->
          keys.matchKey(new ScalarTest.Strings(set.strings()), true);
      case JsonTests.Bool(boolean expected) when type == DataType.BOOL ->
          keys.matchKey(new ScalarTest.Booleans(expected, !expected), true);
      default -> Optional.empty();
    };
  }

  /** The doubles that numbers of the range are rounded to. */
  static DoubleRange widened(NumberRange range) {
    DoubleRange doubles = range.doubles();
    if (range.longs().minimum() > range.longs().maximum()) {
      return doubles;
    }
    double minimum = range.longs().minimum();
    double maximum = range.longs().maximum();
    return doubles.minimum() > doubles.maximum()
        ? new DoubleRange(minimum, maximum)
        : new DoubleRange(
            Math.min(doubles.minimum(), minimum), Math.max(doubles.maximum(), maximum));
  }

  @Override
  public long sizeInBytes() {
    return keys.sizeInBytes();
  }

  @Override
  public void close() {
    keys.close();
  }
}

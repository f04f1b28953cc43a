package dev.sagitta.engine.scalarindex.json;

import dev.sagitta.engine.filter.json.JsonPath;
import dev.sagitta.engine.filter.json.JsonSet;
import dev.sagitta.engine.filter.json.JsonSteps;
import dev.sagitta.engine.filter.json.JsonTest;
import dev.sagitta.engine.filter.json.JsonTests;
import dev.sagitta.engine.filter.json.JsonWalker;
import dev.sagitta.engine.filter.number.DoubleRange;
import dev.sagitta.engine.filter.number.NumberRange;
import dev.sagitta.engine.filter.number.OrderedBits;
import dev.sagitta.engine.filter.text.Utf8Set;
import dev.sagitta.engine.scalarindex.RowMatch;
import dev.sagitta.engine.scalarindex.ScalarIndex;
import dev.sagitta.engine.scalarindex.ScalarTest;
import dev.sagitta.engine.scalarindex.file.ScalarIndexFile;
import dev.sagitta.engine.scalarindex.keyed.TextMatcher;
import java.util.Arrays;
import java.util.Optional;

/** An index of all values at and below one path of JSON documents; see {@link TreeKeyCodec}. */
final class JsonTreeIndex implements ScalarIndex {
  private final ScalarIndexFile file;
  private final TextMatcher keys;
  private final JsonPath root;
  private final boolean rounded;

  JsonTreeIndex(ScalarIndexFile file, JsonPath root) {
    this.file = file;
    this.keys = new TextMatcher(file);
    this.root = root;
    this.rounded = file.description().inexact();
  }

  @Override
  public int rowCount() {
    return file.description().rowCount();
  }

  @Override
  public Optional<RowMatch> match(ScalarTest test) {
    if (!(test instanceof ScalarTest.Json(JsonPath path, JsonTest jsonTest))
        || !path.startsWith(root)
        || path.length() - root.length() >= JsonWalker.MAXIMUM_DEPTH) {
      return Optional.empty();
    }
    return switch (jsonTest) {
      case JsonTests.Present _ -> Optional.of(keys.withPrefix(JsonSteps.encode(path, first())));
      case JsonTests.IsArray _ ->
          Optional.of(keys.withPrefix(TreeKeyCodec.base(path, first(), TreeKeyCodec.ARRAY)));
      case JsonTests.AnyElement(JsonTest element) ->
          matchValue(
              path,
              element,
              TreeKeyCodec.ELEMENT_NUMBER,
              TreeKeyCodec.ELEMENT_STRING,
              TreeKeyCodec.ELEMENT_TRUE,
              TreeKeyCodec.ELEMENT_FALSE);
      default ->
          matchValue(
              path,
              jsonTest,
              TreeKeyCodec.NUMBER,
              TreeKeyCodec.STRING,
              TreeKeyCodec.TRUE,
              TreeKeyCodec.FALSE);
    };
  }

  private int first() {
    return root.length();
  }

  private Optional<RowMatch> matchValue(
      JsonPath path,
      JsonTest test,
      byte numberKind,
      byte stringKind,
      byte trueKind,
      byte falseKind) {
    return switch (test) {
      case JsonTests.InRange(NumberRange range) ->
          Optional.of(
              between(path, numberKind, rounded ? JsonPathIndex.widened(range) : range.doubles()));
      case JsonTests.Text text ->
          Optional.of(keys.strings(TreeKeyCodec.base(path, first(), stringKind), text.test()));
      case JsonTests.Bool(boolean expected) ->
          Optional.of(
              keys.withPrefix(TreeKeyCodec.base(path, first(), expected ? trueKind : falseKind)));
      case JsonSet set when !set.acceptsOtherThanNumbersAndStrings() ->
          Optional.of(anyOf(path, set, numberKind, stringKind));
      default -> Optional.empty();
    };
  }

  private RowMatch between(JsonPath path, byte kind, DoubleRange range) {
    if (!(range.minimum() <= range.maximum())) {
      return keys.keysOf(new byte[0][], true);
    }
    return keys.between(
        TreeKeyCodec.number(path, first(), kind, range.minimum()),
        TreeKeyCodec.number(path, first(), kind, range.maximum()),
        true);
  }

  private RowMatch anyOf(JsonPath path, JsonSet set, byte numberKind, byte stringKind) {
    long[] numbers = set.roundedNumbers().sortedBits();
    byte[][] strings = stringsOf(set.strings(), TreeKeyCodec.base(path, first(), stringKind));
    byte[][] all = Arrays.copyOf(strings, strings.length + numbers.length);
    for (int i = 0; i < numbers.length; i++) {
      all[strings.length + i] =
          TreeKeyCodec.number(path, first(), numberKind, OrderedBits.toDouble(numbers[i]));
    }
    Arrays.sort(all, Arrays::compareUnsigned);
    return keys.keysOf(all, set.numbersAreDoubles());
  }

  private static byte[][] stringsOf(Utf8Set set, byte[] base) {
    return Arrays.stream(set.sortedValues())
        .map(
            value -> {
              byte[] key = Arrays.copyOf(base, base.length + value.length);
              System.arraycopy(value, 0, key, base.length, value.length);
              return key;
            })
        .toArray(byte[][]::new);
  }

  @Override
  public long sizeInBytes() {
    return 0;
  }

  /** Nothing: the memory belongs to whoever opened the index. */
  @Override
  public void close() {}
}

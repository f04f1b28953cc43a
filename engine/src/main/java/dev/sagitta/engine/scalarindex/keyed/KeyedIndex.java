package dev.sagitta.engine.scalarindex.keyed;

import dev.sagitta.engine.scalarindex.RowMatch;
import dev.sagitta.engine.scalarindex.ScalarIndex;
import dev.sagitta.engine.scalarindex.ScalarTest;
import dev.sagitta.engine.scalarindex.file.KeyKind;
import dev.sagitta.engine.scalarindex.file.ScalarIndexFile;
import java.util.Optional;

/** An index of a column's values, or of the elements of its arrays. */
public final class KeyedIndex implements ScalarIndex {
  private static final byte[] NO_BASE = {};

  private final ScalarIndexFile file;
  private final Optional<NumberMatcher> numbers;
  private final Optional<TextMatcher> texts;

  public KeyedIndex(ScalarIndexFile file) {
    this.file = file;
    boolean bytes = file.description().keyKind().isBytes();
    this.numbers = bytes ? Optional.empty() : Optional.of(new NumberMatcher(file));
    this.texts = bytes ? Optional.of(new TextMatcher(file)) : Optional.empty();
  }

  @Override
  public int rowCount() {
    return file.description().rowCount();
  }

  @Override
  public Optional<RowMatch> match(ScalarTest test) {
    if (!file.description().elements()) {
      return matchKey(test, true);
    }
    return test instanceof ScalarTest.AnyElement(ScalarTest element)
        ? matchKey(element, true)
        : Optional.empty();
  }

  /**
   * The rows with a key that passes.
   *
   * @param exact whether every key that passes stands for a value that passes
   */
  public Optional<RowMatch> matchKey(ScalarTest test, boolean exact) {
    KeyKind kind = file.description().keyKind();
    return switch (test) {
      case ScalarTest.Longs longs when kind == KeyKind.INTEGER ->
          numbers.map(matcher -> matcher.longs(longs.test()));
      case ScalarTest.Doubles doubles when kind == KeyKind.FLOATING ->
          numbers.map(matcher -> matcher.doubles(doubles.test(), exact));
      case ScalarTest.Booleans booleans when kind == KeyKind.BOOLEAN ->
          numbers.map(matcher -> matcher.booleans(booleans.acceptsTrue(), booleans.acceptsFalse()));
      case ScalarTest.Strings strings when kind == KeyKind.TEXT ->
          texts.map(matcher -> matcher.strings(NO_BASE, strings.test()));
      default -> Optional.empty();
    };
  }

  @Override
  public long sizeInBytes() {
    return 0;
  }

  /** Nothing: the memory belongs to whoever opened the index. */
  @Override
  public void close() {}
}

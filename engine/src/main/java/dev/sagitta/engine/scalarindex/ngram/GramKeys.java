package dev.sagitta.engine.scalarindex.ngram;

import dev.sagitta.engine.scalarindex.build.KeySink;
import dev.sagitta.engine.scalarindex.build.KeySource;
import dev.sagitta.engine.scalarindex.file.KeyKind;
import java.util.function.LongConsumer;

/** Keys that are the runs of characters of the strings of another source. */
final class GramKeys implements KeySource, KeySink {
  private final KeySource strings;
  private final int minimum;
  private final int maximum;
  private final LongConsumer emit = this::emit;
  private KeySink sink;
  private int row;

  GramKeys(KeySource strings, int minimum, int maximum) {
    this.strings = strings;
    this.minimum = minimum;
    this.maximum = maximum;
  }

  @Override
  public KeyKind kind() {
    return KeyKind.GRAM;
  }

  @Override
  public boolean inexact() {
    return true;
  }

  @Override
  public void keysOf(int ofRow, KeySink target) {
    row = ofRow;
    sink = target;
    strings.keysOf(ofRow, this);
  }

  @Override
  public void key(long key, int ofRow) {
    throw new IllegalStateException("not a string");
  }

  @Override
  public void key(byte[] bytes, int offset, int length, int ofRow) {
    Grams.forEach(bytes, offset, length, minimum, maximum, emit);
  }

  private void emit(long gram) {
    sink.key(gram, row);
  }
}

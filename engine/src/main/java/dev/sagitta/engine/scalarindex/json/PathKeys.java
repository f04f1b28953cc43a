package dev.sagitta.engine.scalarindex.json;

import dev.sagitta.engine.column.JsonColumn;
import dev.sagitta.engine.filter.json.JsonPath;
import dev.sagitta.engine.filter.json.JsonTest;
import dev.sagitta.engine.filter.json.JsonValue;
import dev.sagitta.engine.filter.number.OrderedBits;
import dev.sagitta.engine.filter.text.Utf8Test;
import dev.sagitta.engine.scalarindex.build.KeySink;
import dev.sagitta.engine.scalarindex.build.KeySource;
import dev.sagitta.engine.scalarindex.file.KeyKind;
import dev.sagitta.engine.schema.DataType;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Keys that are the values at a path, or the elements of the array there, of one type. */
final class PathKeys implements KeySource {
  private final JsonColumn column;
  private final JsonPath path;
  private final DataType type;
  private final boolean elements;
  private final boolean stringsToNumbers;
  private final JsonValue value = new JsonValue();
  private final JsonTest emitElement = this::emitElement;
  private final Utf8Test emitText = this::emitText;
  private final Utf8Test emitNumberText = this::emitNumberText;
  private byte[] document = new byte[256];
  private boolean inexact;
  private int row;
  private KeySink sink;

  PathKeys(JsonColumn column, JsonIndexParameters parameters) {
    this.column = column;
    this.path = parameters.path();
    this.type = parameters.cast().valueType().orElseThrow();
    this.elements = parameters.cast().elements();
    this.stringsToNumbers = parameters.stringsToNumbers();
  }

  @Override
  public KeyKind kind() {
    return switch (type) {
      case BOOL -> KeyKind.BOOLEAN;
      case DOUBLE -> KeyKind.FLOATING;
      default -> KeyKind.TEXT;
    };
  }

  @Override
  public boolean elements() {
    return elements;
  }

  @Override
  public boolean inexact() {
    return inexact;
  }

  @Override
  public void keysOf(int ofRow, KeySink target) {
    if (column.isNull(ofRow)) {
      return;
    }
    row = ofRow;
    sink = target;
    int length = column.utf8LengthAt(row);
    if (document.length < length) {
      document = new byte[Math.max(length, 2 * document.length)];
    }
    column.copyUtf8(row, document, 0);
    if (!value.moveTo(document, length, path)) {
      return;
    }
    if (elements) {
      boolean _ = value.anyElement(emitElement);
    } else {
      emit(value);
    }
  }

  private boolean emitElement(JsonValue element) {
    emit(element);
    return false;
  }

  private void emit(JsonValue current) {
    switch (type) {
      case BOOL -> {
        if (current.isTrue() || current.isFalse()) {
          sink.key(current.isTrue() ? 1 : 0, row);
        }
      }
      case DOUBLE -> emitNumber(current);
      default -> {
        boolean _ = current.stringMatches(emitText);
      }
    }
  }

  private void emitNumber(JsonValue current) {
    if (current.readNumber()) {
      inexact |= current.isRounded();
      sink.key(OrderedBits.of(current.doubleValue()), row);
    } else if (stringsToNumbers) {
      boolean _ = current.stringMatches(emitNumberText);
    }
  }

  private boolean emitText(byte[] utf8, int offset, int length) {
    sink.key(utf8, offset, length, row);
    return true;
  }

  /** A filter does not take the string for a number, so such a key is never the value itself. */
  private boolean emitNumberText(byte[] utf8, int offset, int length) {
    parse(new String(utf8, offset, length, StandardCharsets.UTF_8))
        .ifPresent(
            number -> {
              inexact = true;
              sink.key(OrderedBits.of(number), row);
            });
    return true;
  }

  private static Optional<Double> parse(String text) {
    try {
      double number = Double.parseDouble(text);
      return Double.isFinite(number) ? Optional.of(number) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}

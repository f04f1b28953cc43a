package dev.sagitta.engine.scalarindex.json;

import dev.sagitta.engine.column.GrowableBytes;
import dev.sagitta.engine.filter.json.JsonPath;
import dev.sagitta.engine.filter.json.JsonSteps;
import dev.sagitta.engine.filter.number.OrderedBits;

/**
 * Keys of an index of all values below a path: the steps from there on ({@link JsonSteps}), the
 * bytes 0, {@link JsonSteps#END_OF_PATH}, a character for the kind of value, and the value: a
 * string's UTF-8, a number's {@link OrderedBits} big-endian with the highest bit flipped, nothing
 * for others. All values of one kind at one path lie together, in their order; all values at and
 * below a path lie together too.
 */
final class TreeKeyCodec {
  static final byte OBJECT = '{';
  static final byte ARRAY = '[';
  static final byte NUMBER = 'n';
  static final byte STRING = 's';
  static final byte TRUE = 't';
  static final byte FALSE = 'f';

  /** Elements of the array at the path are of these kinds. */
  static final byte ELEMENT_NUMBER = 'N';

  static final byte ELEMENT_STRING = 'S';
  static final byte ELEMENT_TRUE = 'T';
  static final byte ELEMENT_FALSE = 'F';

  private TreeKeyCodec() {}

  static void appendKind(GrowableBytes key, byte kind) {
    key.putByte(0);
    key.putByte(JsonSteps.END_OF_PATH);
    key.putByte(kind);
  }

  static void appendNumber(GrowableBytes key, double value) {
    key.putLong(Long.reverseBytes(OrderedBits.of(value) ^ Long.MIN_VALUE));
  }

  /** The bytes before the values of a kind. */
  static byte[] base(JsonPath path, int firstStep, byte kind) {
    GrowableBytes key = begin(path, firstStep);
    appendKind(key, kind);
    return key.toByteArray();
  }

  /** The key of a number. */
  static byte[] number(JsonPath path, int firstStep, byte kind, double value) {
    GrowableBytes key = begin(path, firstStep);
    appendKind(key, kind);
    appendNumber(key, value);
    return key.toByteArray();
  }

  private static GrowableBytes begin(JsonPath path, int firstStep) {
    GrowableBytes key = new GrowableBytes(64);
    byte[] steps = JsonSteps.encode(path, firstStep);
    key.putBytes(steps, 0, steps.length);
    return key;
  }
}

package dev.sagitta.engine.filter.json;

import dev.sagitta.engine.filter.text.Utf8Test;

/**
 * A cursor at one value of a JSON document. It is moved, never copied, so that testing a million
 * documents makes no objects. Belongs to one thread.
 */
public final class JsonValue {
  private final JsonScanner scanner = new JsonScanner();
  private final JsonNumber number = new JsonNumber();
  private final JsonText string = new JsonText();
  private int position = -1;

  /**
   * Moves to the value at the path of the document in {@code text[0, length)}.
   *
   * @return false if there is none, or it is JSON null
   */
  public boolean moveTo(byte[] text, int length, JsonPath path) {
    scanner.reset(text, length);
    position = scanner.find(path);
    return position >= 0 && text[position] != 'n';
  }

  /** Whether the value is a number; it can then be asked for by the methods below. */
  public boolean readNumber() {
    byte first = scanner.text()[position];
    return (first == '-' || (first >= '0' && first <= '9'))
        && number.read(scanner.text(), position, scanner.skipValue(position));
  }

  /** Whether the number read last is an integer that fits a long. */
  public boolean isLong() {
    return number.isLong();
  }

  public long longValue() {
    return number.longValue();
  }

  /** The number read last, rounded if it is a long that no double equals. */
  public double doubleValue() {
    return number.doubleValue();
  }

  /** Whether the number read last is a long that no double equals. */
  public boolean isRounded() {
    return number.isRounded();
  }

  /** Whether the value is a string that passes the test. */
  public boolean stringMatches(Utf8Test test) {
    if (scanner.text()[position] != '"') {
      return false;
    }
    string.read(scanner.text(), position, scanner.skipString(position));
    return test.matches(string.bytes(), string.start(), string.length());
  }

  public boolean isTrue() {
    return scanner.text()[position] == 't';
  }

  public boolean isFalse() {
    return scanner.text()[position] == 'f';
  }

  public boolean isArray() {
    return scanner.text()[position] == '[';
  }

  /** Number of elements; 0 for what is not an array. */
  public int arrayLength() {
    int length = 0;
    if (isArray()) {
      int element = scanner.firstElement(position);
      while (element >= 0) {
        length++;
        element = scanner.nextElement(element);
      }
    }
    return length;
  }

  /** Whether the value is an array of which some element passes the test. */
  public boolean anyElement(JsonTest test) {
    if (!isArray()) {
      return false;
    }
    int array = position;
    boolean found = false;
    int element = scanner.firstElement(array);
    while (element >= 0 && !found) {
      position = element;
      found = test.matches(this);
      element = found ? element : scanner.nextElement(element);
    }
    position = array;
    return found;
  }

  /** Whether the value is an array of that many elements, of which the i-th passes test i. */
  public boolean elementsMatch(JsonTest[] tests) {
    if (!isArray()) {
      return false;
    }
    int array = position;
    int element = scanner.firstElement(array);
    int index = 0;
    boolean matching = true;
    while (element >= 0 && matching) {
      position = element;
      matching = index < tests.length && tests[index].matches(this);
      index++;
      element = scanner.nextElement(element);
    }
    position = array;
    return matching && index == tests.length;
  }
}

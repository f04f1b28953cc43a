package dev.sagitta.engine.filter.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.sagitta.engine.column.GrowableBytes;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/**
 * Visits every value below a path of a JSON document, objects and arrays before what is in them.
 * Belongs to one thread. Values nested deeper than {@value #MAXIMUM_DEPTH} levels are not visited.
 */
public final class JsonWalker {
  /** Most levels of nesting that are visited. */
  public static final int MAXIMUM_DEPTH = 64;

  private final JsonScanner scanner = new JsonScanner();
  private final JsonText keyText = new JsonText();
  private final JsonText text = new JsonText();
  private final JsonNumber number = new JsonNumber();
  private final GrowableBytes steps = new GrowableBytes(256);

  /**
   * Receives values. Steps come as an {@linkplain JsonSteps encoded path} from the walk's root on;
   * the bytes are valid during the call only.
   */
  public interface Visitor {
    void object(GrowableBytes path);

    void array(GrowableBytes path);

    /**
     * A number.
     *
     * @param value rounded if it is a long that no double equals
     * @param rounded whether it is
     * @param element whether it is an element of an array, whose path is then given
     */
    void number(GrowableBytes path, double value, boolean rounded, boolean element);

    void string(GrowableBytes path, byte[] utf8, int offset, int length, boolean element);

    void bool(GrowableBytes path, boolean value, boolean element);
  }

  /**
   * Visits the value at the path and all below it; elements of arrays come twice: by their own path
   * and as elements of the array. JSON nulls are not visited.
   */
  public void walk(byte[] document, int length, JsonPath root, Visitor visitor) {
    scanner.reset(document, length);
    steps.truncate(0);
    int position = scanner.find(root);
    if (position >= 0) {
      visit(position, 0, visitor);
    }
  }

  private void visit(int position, int depth, Visitor visitor) {
    byte first = scanner.text()[position];
    switch (first) {
      case '{' -> {
        visitor.object(steps);
        if (depth < MAXIMUM_DEPTH) {
          visitMembers(position, depth, visitor);
        }
      }
      case '[' -> {
        visitor.array(steps);
        if (depth < MAXIMUM_DEPTH) {
          visitElements(position, depth, visitor);
        }
      }
      default -> visitScalar(position, visitor, false);
    }
  }

  private void visitScalar(int position, Visitor visitor, boolean element) {
    byte[] bytes = scanner.text();
    switch (bytes[position]) {
      case '"' -> {
        text.read(bytes, position, scanner.skipString(position));
        visitor.string(steps, text.bytes(), text.start(), text.length(), element);
      }
      case 't' -> visitor.bool(steps, true, element);
      case 'f' -> visitor.bool(steps, false, element);
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> {
        if (number.read(bytes, position, scanner.skipValue(position))) {
          visitor.number(steps, number.doubleValue(), number.isRounded(), element);
        }
      }
      default -> {}
    }
  }

  /** Of members with one key, the first one counts, as it does for filters. */
  private void visitMembers(int object, int depth, Visitor visitor) {
    Set<ByteBuffer> seen = new HashSet<>();
    int mark = steps.size();
    int key = scanner.firstKey(object);
    while (key >= 0) {
      int value = scanner.valueOfKey(key);
      if (value < 0) {
        return;
      }
      keyText.read(scanner.text(), key, scanner.skipString(key));
      byte[] name = new byte[keyText.length()];
      System.arraycopy(keyText.bytes(), keyText.start(), name, 0, name.length);
      if (seen.add(ByteBuffer.wrap(name))) {
        JsonSteps.append(steps, name, 0, name.length);
        visit(value, depth + 1, visitor);
        steps.truncate(mark);
      }
      key = scanner.nextKey(value);
    }
  }

  private void visitElements(int array, int depth, Visitor visitor) {
    int mark = steps.size();
    int index = 0;
    int element = scanner.firstElement(array);
    while (element >= 0) {
      visitScalar(element, visitor, true);
      byte[] name = Integer.toString(index).getBytes(ISO_8859_1);
      JsonSteps.append(steps, name, 0, name.length);
      visit(element, depth + 1, visitor);
      steps.truncate(mark);
      index++;
      element = scanner.nextElement(element);
    }
  }
}

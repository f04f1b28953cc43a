package dev.sagitta.engine.filter.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sagitta.engine.filter.syntax.PathStep;
import java.util.Arrays;
import java.util.List;

/**
 * Where a value lies inside a document. As in a JSON pointer, a step of digits means an element of
 * an array and a key of an object.
 */
public final class JsonPath {
  private static final int NO_INDEX = -1;

  private final byte[][] keys;
  private final int[] indexes;

  private JsonPath(byte[][] keys, int[] indexes) {
    this.keys = keys;
    this.indexes = indexes;
  }

  public static JsonPath of(List<PathStep> steps) {
    byte[][] keys = new byte[steps.size()][];
    int[] indexes = new int[steps.size()];
    for (int i = 0; i < keys.length; i++) {
      switch (steps.get(i)) {
        case PathStep.Key(String key) -> {
          keys[i] = key.getBytes(UTF_8);
          indexes[i] = indexOf(key);
        }
        case PathStep.Index(int index) -> {
          keys[i] = Integer.toString(index).getBytes(UTF_8);
          indexes[i] = index;
        }
      }
    }
    return new JsonPath(keys, indexes);
  }

  private static int indexOf(String key) {
    boolean digits = !key.isEmpty() && key.length() < 10;
    for (int i = 0; i < key.length(); i++) {
      digits &= key.charAt(i) >= '0' && key.charAt(i) <= '9';
    }
    boolean canonical = digits && (key.length() == 1 || key.charAt(0) != '0');
    return canonical ? Integer.parseInt(key) : NO_INDEX;
  }

  /** Number of steps; 0 for the whole document. */
  public int length() {
    return keys.length;
  }

  /** The step as a key, in UTF-8; not to be changed. */
  public byte[] key(int step) {
    return keys[step];
  }

  /** Whether this path begins with all steps of the other one. */
  public boolean startsWith(JsonPath other) {
    return other.keys.length <= keys.length
        && Arrays.equals(
            keys, 0, other.keys.length, other.keys, 0, other.keys.length, Arrays::compareUnsigned);
  }

  /** Equal steps: a position in an array equals the key of the same digits. */
  @Override
  public boolean equals(Object other) {
    return other instanceof JsonPath path && Arrays.deepEquals(keys, path.keys);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(keys);
  }

  /** The step as a position in an array, or a negative number. */
  int index(int step) {
    return indexes[step];
  }
}

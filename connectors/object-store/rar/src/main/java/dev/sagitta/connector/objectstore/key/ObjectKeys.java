package dev.sagitta.connector.objectstore.key;

import static java.util.Objects.requireNonNull;

import dev.sagitta.connector.objectstore.ObjectStore;

/**
 * The rules of keys, prefixes and page sizes that {@link ObjectStore} states. Keys are ASCII, so
 * that the order of strings is the order of their UTF-8 bytes.
 */
public final class ObjectKeys {
  /** A part of a key must fit a file name. */
  public static final int MAXIMUM_PART_BYTES = 255;

  /** S3 lists and deletes at most this many keys with one request. */
  public static final int MAXIMUM_PAGE_SIZE = 1000;

  private ObjectKeys() {}

  /**
   * @return the key
   * @throws IllegalArgumentException if it breaks a rule
   */
  public static String requireKey(String key) {
    requireNonNull(key, "key is null");
    if (key.isEmpty()) {
      throw new IllegalArgumentException("key is empty");
    }
    requireLength("key", key);
    int partStart = 0;
    for (int i = 0; i <= key.length(); i++) {
      if (i == key.length() || key.charAt(i) == '/') {
        requirePart(key, key.substring(partStart, i));
        partStart = i + 1;
      } else {
        requireCharacter("key", key, i);
      }
    }
    return key;
  }

  /**
   * A prefix is the begin of a key, cut anywhere, or empty.
   *
   * @return the prefix
   * @throws IllegalArgumentException if no key can begin with it
   */
  public static String requirePrefix(String prefix) {
    requireNonNull(prefix, "prefix is null");
    requireLength("prefix", prefix);
    int partStart = 0;
    for (int i = 0; i < prefix.length(); i++) {
      if (prefix.charAt(i) == '/') {
        requirePart(prefix, prefix.substring(partStart, i));
        partStart = i + 1;
      } else {
        requireCharacter("prefix", prefix, i);
      }
    }
    return prefix;
  }

  public static int requirePageSize(int limit) {
    if (limit < 1 || limit > MAXIMUM_PAGE_SIZE) {
      throw new IllegalArgumentException("limit=" + limit + " is not 1 to " + MAXIMUM_PAGE_SIZE);
    }
    return limit;
  }

  public static void requireRange(long offset, int length) {
    if (offset < 0 || length < 0) {
      throw new IllegalArgumentException("negative range: offset=" + offset + " length=" + length);
    }
  }

  private static void requireLength(String what, String text) {
    if (text.length() > ObjectStore.MAXIMUM_KEY_BYTES) {
      throw new IllegalArgumentException(
          what + " is longer than " + ObjectStore.MAXIMUM_KEY_BYTES + " bytes: " + text.length());
    }
  }

  private static void requireCharacter(String what, String text, int position) {
    char character = text.charAt(position);
    boolean allowed =
        (character >= 'a' && character <= 'z')
            || (character >= 'A' && character <= 'Z')
            || (character >= '0' && character <= '9')
            || character == '.'
            || character == '_'
            || character == '-'
            || character == '$';
    if (!allowed) {
      throw new IllegalArgumentException(
          String.format("character U+%04X is not allowed in %s=%s", (int) character, what, text));
    }
  }

  private static void requirePart(String key, String part) {
    if (part.isEmpty() || part.equals(".") || part.equals("..")) {
      throw new IllegalArgumentException("empty, . or .. part in key=" + key);
    }
    if (part.length() > MAXIMUM_PART_BYTES) {
      throw new IllegalArgumentException(
          "part longer than " + MAXIMUM_PART_BYTES + " bytes in key=" + key);
    }
  }
}

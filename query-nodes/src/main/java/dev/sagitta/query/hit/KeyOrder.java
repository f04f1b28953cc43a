package dev.sagitta.query.hit;

/** The order of primary keys: integers by value, texts by their UTF-8 bytes. */
public final class KeyOrder {
  private KeyOrder() {}

  /** Compares two keys of one type, Long or String. */
  public static int compare(Object first, Object second) {
    return first instanceof Long number
        ? Long.compare(number, (Long) second)
        : compareTexts((String) first, (String) second);
  }

  /** UTF-8 orders texts by code points, Java by halves of code points. */
  public static int compareTexts(String first, String second) {
    int length = Math.min(first.length(), second.length());
    for (int i = 0; i < length; i++) {
      char left = first.charAt(i);
      char right = second.charAt(i);
      if (left != right) {
        return Character.isSurrogate(left) == Character.isSurrogate(right)
            ? Character.compare(left, right)
            : Boolean.compare(Character.isSurrogate(left), Character.isSurrogate(right));
      }
    }
    return Integer.compare(first.length(), second.length());
  }
}

package dev.sagitta.rest.row;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Reads JSON arrays of numbers into floats, without an object per number. */
final class FloatArrays {
  private FloatArrays() {}

  /**
   * Reads the array whose start is the parser's current token; numbers beyond {@code limit} are
   * counted only.
   *
   * @return how many numbers the array has, or -1 if an element is no finite 32-bit number; the
   *     parser is then at that element
   */
  static int read(JsonParser parser, float[] target, int offset, int limit) throws IOException {
    int count = 0;
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (!token.isNumeric()) {
        return -1;
      }
      float value = parser.getFloatValue();
      if (!Float.isFinite(value)) {
        return -1;
      }
      if (count < limit) {
        target[offset + count] = value;
      }
      count++;
    }
    return count;
  }
}

package dev.sagitta.rest.row;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import java.io.IOException;

/** Copies JSON values: no blanks, whole numbers as int64, others as double, all finite. */
final class JsonCopier {
  private JsonCopier() {}

  /**
   * Copies the value at the parser's current token.
   *
   * @return false if it holds a number that is no int64 and no finite double; the parser is then at
   *     that number
   */
  static boolean copy(JsonParser parser, JsonGenerator out) throws IOException {
    int depth = 0;
    do {
      JsonToken token = parser.currentToken();
      switch (token) {
        case START_OBJECT, START_ARRAY -> {
          depth++;
          out.copyCurrentEvent(parser);
        }
        case END_OBJECT, END_ARRAY -> {
          depth--;
          out.copyCurrentEvent(parser);
        }
        case VALUE_NUMBER_INT -> {
          if (!copyInteger(parser, out)) {
            return false;
          }
        }
        case VALUE_NUMBER_FLOAT -> {
          double value = parser.getDoubleValue();
          if (!Double.isFinite(value)) {
            return false;
          }
          out.writeNumber(value);
        }
        default -> out.copyCurrentEvent(parser);
      }
      if (depth > 0) {
        parser.nextToken();
      }
    } while (depth > 0);
    return true;
  }

  private static boolean copyInteger(JsonParser parser, JsonGenerator out) throws IOException {
    try {
      out.writeNumber(parser.getLongValue());
      return true;
    } catch (InputCoercionException e) {
      return false;
    }
  }
}

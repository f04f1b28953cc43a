package dev.sagitta.rest.row;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.NumberInput;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Bool, integers, floating point numbers and text; all but text may be given as strings. */
final class ScalarReader extends FieldReader {
  private final ScalarValues values;

  ScalarReader(FieldSchema field, int expectedRows) {
    super(field, expectedRows);
    this.values = new ScalarValues(field, field.type());
  }

  @Override
  void readValue(JsonParser parser, int row) throws IOException {
    switch (field.type()) {
      case BOOL -> builder.appendBoolean(readBoolean(parser, row));
      case INT8, INT16, INT32, INT64 -> builder.appendLong(readLong(parser, row));
      case FLOAT, DOUBLE -> builder.appendDouble(readDouble(parser, row));
      default -> readText(parser, row);
    }
  }

  private void readText(JsonParser parser, int row) throws IOException {
    byte[] utf8 = values.text(parser, row).getBytes(StandardCharsets.UTF_8);
    values.checkLength(utf8.length, row);
    builder.appendUtf8(utf8, 0, utf8.length);
  }

  private boolean readBoolean(JsonParser parser, int row) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NUMBER_INT) {
      return switch (parser.getText()) {
        case "true", "True", "TRUE", "t", "T", "1" -> true;
        case "false", "False", "FALSE", "f", "F", "0" -> false;
        default -> throw values.wrong(parser, row);
      };
    }
    return values.bool(parser, row);
  }

  private long readLong(JsonParser parser, int row) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      return values.integer(parser, row);
    }
    try {
      return values.checkRange(Long.parseLong(parser.getText()), row);
    } catch (NumberFormatException e) {
      throw values.wrong(parser, row);
    }
  }

  private double readDouble(JsonParser parser, int row) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      return values.floating(parser, row);
    }
    String text = parser.getText();
    if (!isDecimal(text)) {
      throw values.wrong(parser, row);
    }
    try {
      double value =
          field.type() == DataType.FLOAT ? Float.parseFloat(text) : Double.parseDouble(text);
      return values.checkFinite(value, text, row);
    } catch (NumberFormatException e) {
      throw values.wrong(parser, row);
    }
  }

  /** Keeps out Java's own number forms: hexadecimal, suffixes, blanks; NaN is told apart later. */
  private static boolean isDecimal(String text) {
    return NumberInput.looksLikeValidNumber(text)
        || text.equals("NaN")
        || text.equals("Infinity")
        || text.equals("-Infinity");
  }
}

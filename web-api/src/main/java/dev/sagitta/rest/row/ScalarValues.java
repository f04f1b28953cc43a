package dev.sagitta.rest.row;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import java.io.IOException;

/** Checked reading of single values of a type, for scalar fields and for elements of arrays. */
final class ScalarValues {
  private final FieldSchema field;
  private final DataType type;
  private final long minimum;
  private final long maximum;
  private final int maximumLength;

  ScalarValues(FieldSchema field, DataType type) {
    this.field = field;
    this.type = type;
    this.maximum =
        switch (type) {
          case INT8 -> Byte.MAX_VALUE;
          case INT16 -> Short.MAX_VALUE;
          case INT32 -> Integer.MAX_VALUE;
          default -> Long.MAX_VALUE;
        };
    this.minimum = -maximum - 1;
    this.maximumLength = type == DataType.VARCHAR ? field.maxLength() : 0;
  }

  boolean bool(JsonParser parser, int row) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw wrong(parser, row);
    };
  }

  long integer(JsonParser parser, int row) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw wrong(parser, row);
    }
    try {
      return checkRange(parser.getLongValue(), row);
    } catch (InputCoercionException e) {
      throw outOfRange(parser.getText(), row);
    }
  }

  double floating(JsonParser parser, int row) throws IOException {
    if (!parser.currentToken().isNumeric()) {
      throw wrong(parser, row);
    }
    double value = type == DataType.FLOAT ? parser.getFloatValue() : parser.getDoubleValue();
    if (!Double.isFinite(value)) {
      return checkFinite(value, parser.getText(), row);
    }
    return value;
  }

  String text(JsonParser parser, int row) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw wrong(parser, row);
    }
    return parser.getText();
  }

  long checkRange(long value, int row) {
    if (value < minimum || value > maximum) {
      throw outOfRange(Long.toString(value), row);
    }
    return value;
  }

  double checkFinite(double value, String given, int row) {
    if (!Double.isFinite(value)) {
      throw RowErrors.outOfLimits(
          field, row, "value is not a number or out of range: value=" + given + " type=" + type);
    }
    return value;
  }

  void checkLength(int utf8Length, int row) {
    if (utf8Length > maximumLength) {
      throw RowErrors.outOfLimits(
          field,
          row,
          "length of varchar field "
              + field.name()
              + " exceeds max length, row number: "
              + row
              + ", length: "
              + utf8Length
              + ", max length: "
              + maximumLength);
    }
  }

  SagittaException wrong(JsonParser parser, int row) throws IOException {
    return RowErrors.wrongValue(field, row, type.milvusName(), textOf(parser));
  }

  /** The value at the parser, for messages. */
  static String textOf(JsonParser parser) throws IOException {
    return parser.currentToken().isScalarValue()
        ? parser.getText()
        : parser.currentToken().asString();
  }

  private SagittaException outOfRange(String value, int row) {
    return RowErrors.outOfLimits(
        field,
        row,
        "the "
            + row
            + "th element ("
            + value
            + ") out of range: ["
            + minimum
            + ", "
            + maximum
            + "]");
  }
}

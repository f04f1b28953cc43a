package dev.sagitta.rest.row;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sagitta.engine.column.ColumnBuilder;
import dev.sagitta.engine.schema.FieldSchema;
import java.io.IOException;

/** Base64 of the packed bits, or an array of their bytes as numbers from 0 to 255. */
final class BinaryVectorFormat extends VectorFormat {
  private static final int BYTE_MAXIMUM = 255;

  private final byte[] bits;

  BinaryVectorFormat(FieldSchema field) {
    super(field);
    this.bits = new byte[field.dimension() / Byte.SIZE];
  }

  @Override
  void append(JsonParser parser, ColumnBuilder target) throws IOException, WrongVectorException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      byte[] given = Base64Text.decode(parser);
      checkLength(given.length);
      target.appendVectorBytes(given, 0);
    } else if (parser.isExpectedStartArrayToken()) {
      checkLength(readBytes(parser));
      target.appendVectorBytes(bits, 0);
    } else {
      throw wrongShape("base64 text or an array of bytes", parser);
    }
  }

  private int readBytes(JsonParser parser) throws IOException, WrongVectorException {
    int count = 0;
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token != JsonToken.VALUE_NUMBER_INT
          || parser.getNumberType() != JsonParser.NumberType.INT
          || parser.getIntValue() < 0
          || parser.getIntValue() > BYTE_MAXIMUM) {
        throw WrongVectorException.element("integer in range [0, 255]", parser.getText());
      }
      if (count < bits.length) {
        bits[count] = (byte) parser.getIntValue();
      }
      count++;
    }
    return count;
  }

  private void checkLength(int length) throws WrongVectorException {
    if (length != bits.length) {
      throw WrongVectorException.length("byte", bits.length, length);
    }
  }
}

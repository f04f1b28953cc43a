package dev.sagitta.rest.row;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Array fields: JSON arrays of the element type. */
final class ArrayReader extends FieldReader {
  private final DataType elementType;
  private final ScalarValues values;
  private final int capacity;

  ArrayReader(FieldSchema field, int expectedRows) {
    super(field, expectedRows);
    this.elementType = field.elementType().orElseThrow();
    this.values = new ScalarValues(field, elementType);
    this.capacity = field.maxCapacity();
  }

  @Override
  void readValue(JsonParser parser, int row) throws IOException {
    if (!parser.isExpectedStartArrayToken()) {
      throw RowErrors.wrongValue(
          field,
          row,
          "Array of " + elementType.milvusName(),
          parser.currentToken().isScalarValue() ? parser.getText() : "object");
    }
    builder.beginArray();
    int length = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      length++;
      if (length <= capacity) {
        readElement(parser, row);
      } else {
        parser.skipChildren();
      }
    }
    if (length > capacity) {
      throw RowErrors.outOfLimits(
          field,
          row,
          "the length ("
              + length
              + ") of "
              + row
              + "th array exceeds max capacity ("
              + capacity
              + ")");
    }
    builder.endArray();
  }

  private void readElement(JsonParser parser, int row) throws IOException {
    switch (elementType) {
      case BOOL -> builder.appendElementBoolean(values.bool(parser, row));
      case INT8, INT16, INT32, INT64 -> builder.appendElementLong(values.integer(parser, row));
      case FLOAT, DOUBLE -> builder.appendElementDouble(values.floating(parser, row));
      default -> {
        String text = values.text(parser, row);
        values.checkLength(text.getBytes(StandardCharsets.UTF_8).length, row);
        builder.appendElementString(text);
      }
    }
  }
}

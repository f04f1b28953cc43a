package dev.sagitta.rest.row;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import java.io.IOException;

/** Array fields: JSON arrays of the element type. */
final class ArrayReader extends FieldReader {
  private final DataType elementType;
  private final ElementReader elements;
  private final int capacity;

  ArrayReader(FieldSchema field, int expectedRows) {
    super(field, expectedRows);
    this.elementType = field.elementType().orElseThrow();
    this.elements = ElementReader.of(field);
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
        elements.append(parser, builder, row);
      } else {
        parser.skipChildren();
      }
    }
    if (length > capacity) {
      throw RowErrors.tooLong(field.name(), row, length, capacity);
    }
    builder.endArray();
  }
}

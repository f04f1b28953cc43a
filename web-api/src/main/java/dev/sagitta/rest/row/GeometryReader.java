package dev.sagitta.rest.row;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sagitta.engine.geometry.InvalidGeometryException;
import dev.sagitta.engine.geometry.WellKnownText;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.rest.json.JsonErrors;
import java.io.IOException;

/** Geometries as well-known text. */
final class GeometryReader extends FieldReader {
  GeometryReader(FieldSchema field, int expectedRows) {
    super(field, expectedRows);
  }

  @Override
  void readValue(JsonParser parser, int row) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw RowErrors.wrongValue(
          field, row, "Geometry as well-known text", ScalarValues.textOf(parser));
    }
    String text = parser.getText();
    try {
      builder.appendGeometry(WellKnownText.toBinary(text));
    } catch (InvalidGeometryException e) {
      throw RowErrors.outOfLimits(
          field,
          row,
          "insert invalid Geometry data!! The wkt data has errors: value="
              + JsonErrors.shorten(text)
              + " why="
              + e.getMessage());
    }
  }
}

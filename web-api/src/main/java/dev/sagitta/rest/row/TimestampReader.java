package dev.sagitta.rest.row;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.time.InvalidTimestampException;
import dev.sagitta.engine.time.TimestampText;
import dev.sagitta.rest.json.JsonErrors;
import java.io.IOException;
import java.time.ZoneId;

/** Points in time as ISO 8601 text. */
final class TimestampReader extends FieldReader {
  private final ZoneId zone;

  TimestampReader(FieldSchema field, ZoneId zone, int expectedRows) {
    super(field, expectedRows);
    this.zone = zone;
  }

  @Override
  void readValue(JsonParser parser, int row) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw RowErrors.wrongValue(
          field, row, "Timestamptz as ISO 8601 text", ScalarValues.textOf(parser));
    }
    String text = parser.getText();
    try {
      builder.appendLong(TimestampText.parse(text, zone));
    } catch (InvalidTimestampException e) {
      throw RowErrors.outOfLimits(
          field,
          row,
          "got invalid timestamptz string '" + JsonErrors.shorten(text) + "': " + e.getMessage());
    }
  }
}

package dev.sagitta.rest.row;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.rest.json.Json;
import java.io.IOException;

/**
 * JSON fields. As in Milvus 2.6 a string that holds the text of a JSON object or array is taken as
 * that object or array (answers show JSON fields as such strings); other strings stay strings.
 */
final class JsonReader extends FieldReader {
  /** Largest JSON value in bytes (Milvus: common.JSONMaxLength). */
  static final int MAXIMUM_BYTES = 65_536;

  private final ByteArrayBuilder buffer = new ByteArrayBuilder();

  JsonReader(FieldSchema field, int expectedRows) {
    super(field, expectedRows);
  }

  @Override
  void readValue(JsonParser parser, int row) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING && appendEmbedded(parser.getText(), row)) {
      return;
    }
    buffer.reset();
    try (JsonGenerator out = Json.factory().createGenerator(buffer)) {
      if (!JsonCopier.copy(parser, out)) {
        throw RowErrors.wrongValue(field, row, "JSON number", parser.getText());
      }
    }
    append(buffer.toByteArray(), row);
  }

  private boolean appendEmbedded(String text, int row) {
    String trimmed = text.strip();
    if (!trimmed.startsWith("{") && !trimmed.startsWith("[")) {
      return false;
    }
    buffer.reset();
    try (JsonParser parser = Json.factory().createParser(trimmed);
        JsonGenerator out = Json.factory().createGenerator(buffer)) {
      parser.nextToken();
      if (!JsonCopier.copy(parser, out) || parser.nextToken() != null) {
        return false;
      }
    } catch (IOException e) {
      return false;
    }
    append(buffer.toByteArray(), row);
    return true;
  }

  private void append(byte[] utf8, int row) {
    checkSize(field, utf8.length, row);
    builder.appendJson(utf8);
  }

  static void checkSize(FieldSchema field, int length, int row) {
    if (length > MAXIMUM_BYTES) {
      throw RowErrors.outOfLimits(
          field,
          row,
          "the length ("
              + length
              + ") of json field ("
              + field.name()
              + ") exceeds max length ("
              + MAXIMUM_BYTES
              + ")");
    }
  }
}

package dev.sagitta.rest.row;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnBuilder;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.rest.json.Json;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** Gathers a row's undeclared keys into one JSON object; null values are left out. */
final class DynamicReader {
  private static final byte[] EMPTY_OBJECT = "{}".getBytes(US_ASCII);

  private final FieldSchema field;
  private final ColumnBuilder builder;
  private final ByteArrayBuilder buffer = new ByteArrayBuilder();
  private final Set<String> keys = new HashSet<>();
  private JsonGenerator out;

  DynamicReader(FieldSchema field, int expectedRows) {
    this.field = field;
    this.builder = ColumnBuilder.forField(field, expectedRows);
  }

  void read(String key, JsonParser parser, int row) throws IOException {
    if (!keys.add(key)) {
      throw RowErrors.unusable("key given twice: field=" + key + " row=" + row);
    }
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    if (out == null) {
      buffer.reset();
      out = Json.factory().createGenerator(buffer);
      out.writeStartObject();
    }
    out.writeFieldName(key);
    if (!JsonCopier.copy(parser, out)) {
      throw RowErrors.unusable(
          "number out of range: field=" + key + " row=" + row + " value=" + parser.getText());
    }
  }

  /** Whether the row that is being read has named any key. */
  boolean isGiven() {
    return !keys.isEmpty();
  }

  void finishRow(int row) throws IOException {
    keys.clear();
    if (out == null) {
      builder.appendJson(EMPTY_OBJECT);
      return;
    }
    out.writeEndObject();
    out.close();
    out = null;
    byte[] utf8 = buffer.toByteArray();
    JsonReader.checkSize(field, utf8.length, row);
    builder.appendJson(utf8);
  }

  FieldSchema field() {
    return field;
  }

  Column build() {
    return builder.build();
  }
}

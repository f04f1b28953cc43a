package dev.sagitta.rest.row;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sagitta.engine.column.ColumnBuilder;
import dev.sagitta.engine.schema.FieldSchema;
import java.io.IOException;
import java.time.ZoneId;

/** Reads one field's values, checks them against the schema and appends them to a column. */
abstract class FieldReader {
  final FieldSchema field;
  final ColumnBuilder builder;

  /** Row that this field was last given in, to find keys given twice. */
  private int lastRow = -1;

  FieldReader(FieldSchema field, int expectedRows) {
    this.field = field;
    this.builder = ColumnBuilder.forField(field, expectedRows);
  }

  /**
   * The reader of a field.
   *
   * @param zone the time zone of timestamps without an offset
   */
  static FieldReader of(FieldSchema field, ZoneId zone, int expectedRows) {
    return switch (field.type()) {
      case BOOL, INT8, INT16, INT32, INT64, FLOAT, DOUBLE, VARCHAR ->
          new ScalarReader(field, expectedRows);
      case FLOAT_VECTOR,
          FLOAT16_VECTOR,
          BFLOAT16_VECTOR,
          INT8_VECTOR,
          BINARY_VECTOR,
          SPARSE_FLOAT_VECTOR ->
          new VectorReader(field, expectedRows);
      case ARRAY -> new ArrayReader(field, expectedRows);
      case JSON -> new JsonReader(field, expectedRows);
      case GEOMETRY -> new GeometryReader(field, expectedRows);
      case TIMESTAMPTZ -> new TimestampReader(field, zone, expectedRows);
      case ARRAY_OF_VECTOR ->
          throw new IllegalArgumentException("field is in a struct: field=" + field.name());
    };
  }

  /** Appends the value at the parser's current token, leaving the parser at its last token. */
  final void read(JsonParser parser, int row) throws IOException {
    if (lastRow == row) {
      throw RowErrors.unusable("key given twice: field=" + field.name() + " row=" + row);
    }
    lastRow = row;
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      appendAbsent(row, "null");
    } else {
      readValue(parser, row);
    }
  }

  /** Appends null or the default if the row did not name the field. */
  final void finishRow(int row) {
    if (lastRow != row) {
      appendAbsent(row, "");
    }
  }

  /** Appends null, whatever the schema says, if the row did not name the field. */
  final void finishPartialRow(int row) {
    if (lastRow != row) {
      builder.appendNull();
    }
  }

  final boolean givenIn(int row) {
    return lastRow == row;
  }

  private void appendAbsent(int row, String given) {
    if (!field.nullable() && field.defaultValue().isEmpty()) {
      String kind = field.type().isVector() ? "missing vector field: " : "missing field: ";
      throw RowErrors.unusable(
          kind
              + field.name()
              + " row="
              + row
              + ": invalid parameter[expected="
              + field.type().milvusName()
              + "][actual="
              + given
              + "]");
    }
    builder.appendDefault();
  }

  abstract void readValue(JsonParser parser, int row) throws IOException;
}

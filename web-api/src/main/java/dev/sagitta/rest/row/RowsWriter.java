package dev.sagitta.rest.row;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sagitta.engine.column.ArrayColumn;
import dev.sagitta.engine.column.BooleanColumn;
import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.DoubleColumn;
import dev.sagitta.engine.column.GeometryColumn;
import dev.sagitta.engine.column.JsonColumn;
import dev.sagitta.engine.column.LongColumn;
import dev.sagitta.engine.column.StringColumn;
import dev.sagitta.engine.column.VectorColumn;
import dev.sagitta.engine.geometry.WellKnownText;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.schema.StructSchema;
import dev.sagitta.engine.time.TimestampText;
import dev.sagitta.rest.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Writes rows as Milvus 2.6 shows them: a JSON field as a string of JSON text, an array as {@code
 * {"Data":{"LongData":{"data":[..]}}}}, an array of structs as an array of objects, undeclared keys
 * among the declared ones.
 */
public final class RowsWriter {
  private final JsonGenerator out;
  private final boolean int64AsNumber;
  private final ZoneId zone;
  private final OutputFields output;
  private final Map<String, Column> columns = new LinkedHashMap<>();
  private final Map<String, StructColumns> structs = new LinkedHashMap<>();
  private final Optional<JsonColumn> dynamicColumn;
  private final VectorWriter vectorWriter;
  private final ElementWriter elementWriter;

  /**
   * A writer of rows.
   *
   * @param zone the time zone that timestamps are shown in
   */
  public RowsWriter(
      JsonGenerator out,
      boolean int64AsNumber,
      ZoneId zone,
      OutputFields output,
      ColumnBatch rows) {
    this.out = out;
    this.vectorWriter = new VectorWriter(out);
    this.elementWriter = new ElementWriter(out);
    this.int64AsNumber = int64AsNumber;
    this.zone = zone;
    this.output = output;
    for (FieldSchema field : output.fields()) {
      show(field, rows.column(field.id()));
    }
    this.dynamicColumn = output.dynamicField().map(field -> (JsonColumn) rows.column(field.id()));
  }

  private void show(FieldSchema field, Column column) {
    if (StructSchema.isSubField(field)) {
      structs
          .computeIfAbsent(StructSchema.structName(field), _ -> new StructColumns())
          .add(StructSchema.subName(field), column);
    } else {
      columns.put(field.name(), column);
    }
  }

  /** Writes the row's fields into the open object. */
  public void writeFields(int row) throws IOException {
    for (Map.Entry<String, Column> field : columns.entrySet()) {
      out.writeFieldName(field.getKey());
      if (field.getValue().isNull(row)) {
        out.writeNull();
      } else {
        writeValue(field.getValue(), row);
      }
    }
    for (Map.Entry<String, StructColumns> struct : structs.entrySet()) {
      out.writeFieldName(struct.getKey());
      struct.getValue().write(out, elementWriter, vectorWriter, row);
    }
    if (dynamicColumn.isPresent() && !dynamicColumn.get().isNull(row)) {
      writeDynamic(dynamicColumn.get().jsonUtf8At(row));
    }
  }

  private void writeValue(Column column, int row) throws IOException {
    switch (column) {
      case BooleanColumn bools -> out.writeBoolean(bools.booleanAt(row));
      case LongColumn times when column.type() == DataType.TIMESTAMPTZ ->
          out.writeString(TimestampText.format(times.longAt(row), zone));
      case LongColumn integers -> writeInteger(integers, row);
      case DoubleColumn numbers ->
          elementWriter.writeFloating(column.type(), numbers.doubleAt(row));
      case StringColumn strings -> out.writeString(strings.stringAt(row));
      case GeometryColumn geometries ->
          out.writeString(WellKnownText.toText(geometries.wkbAt(row)));
      case VectorColumn vectors -> vectorWriter.write(vectors, row);
      case JsonColumn json ->
          out.writeString(new String(json.jsonUtf8At(row), StandardCharsets.UTF_8));
      case ArrayColumn arrays -> writeArray(arrays, row);
      default -> throw new IllegalStateException("column of unknown kind: " + column.type());
    }
  }

  private void writeInteger(LongColumn integers, int row) throws IOException {
    if (int64AsNumber || integers.type() != DataType.INT64) {
      out.writeNumber(integers.longAt(row));
    } else {
      out.writeString(Long.toString(integers.longAt(row)));
    }
  }

  private void writeArray(ArrayColumn arrays, int row) throws IOException {
    DataType elementType = arrays.elementType();
    out.writeStartObject();
    out.writeObjectFieldStart("Data");
    out.writeObjectFieldStart(oneofName(elementType));
    out.writeArrayFieldStart("data");
    int length = arrays.lengthAt(row);
    for (int i = 0; i < length; i++) {
      elementWriter.write(arrays, row, i);
    }
    out.writeEndArray();
    out.writeEndObject();
    out.writeEndObject();
    out.writeEndObject();
  }

  /** Name of the member of Milvus's ScalarField message that carries elements of the type. */
  private static String oneofName(DataType elementType) {
    return switch (elementType) {
      case BOOL -> "BoolData";
      case INT64 -> "LongData";
      case FLOAT -> "FloatData";
      case DOUBLE -> "DoubleData";
      case VARCHAR -> "StringData";
      default -> "IntData";
    };
  }

  private void writeDynamic(byte[] object) throws IOException {
    try (JsonParser parser = Json.parser(object, 0, object.length)) {
      parser.nextToken();
      for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
        JsonToken value = parser.nextToken();
        if (value == null || !isShown(key)) {
          parser.skipChildren();
        } else {
          out.writeFieldName(key);
          JsonCopier.copy(parser, out);
        }
      }
    }
  }

  private boolean isShown(String key) {
    return !columns.containsKey(key)
        && !structs.containsKey(key)
        && (output.dynamicKeys().isEmpty() || output.dynamicKeys().contains(key));
  }
}

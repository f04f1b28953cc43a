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
import dev.sagitta.engine.time.TimestampText;
import dev.sagitta.rest.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Writes rows as Milvus 2.6 shows them: a JSON field as a string of JSON text, an array as {@code
 * {"Data":{"LongData":{"data":[..]}}}}, undeclared keys among the declared ones.
 */
public final class RowsWriter {
  private final JsonGenerator out;
  private final boolean int64AsNumber;
  private final ZoneId zone;
  private final OutputFields output;
  private final Column[] columns;
  private final Optional<JsonColumn> dynamicColumn;
  private final Set<String> declaredNames = new HashSet<>();
  private final VectorWriter vectorWriter;

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
    this.int64AsNumber = int64AsNumber;
    this.zone = zone;
    this.output = output;
    List<FieldSchema> fields = output.fields();
    this.columns = new Column[fields.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = rows.column(fields.get(i).id());
      declaredNames.add(fields.get(i).name());
    }
    this.dynamicColumn = output.dynamicField().map(field -> (JsonColumn) rows.column(field.id()));
  }

  /** Writes the row's fields into the open object. */
  public void writeFields(int row) throws IOException {
    for (int i = 0; i < columns.length; i++) {
      out.writeFieldName(output.fields().get(i).name());
      if (columns[i].isNull(row)) {
        out.writeNull();
      } else {
        writeValue(columns[i], row);
      }
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
      case DoubleColumn numbers -> writeFloating(column.type(), numbers.doubleAt(row));
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

  private void writeFloating(DataType type, double value) throws IOException {
    if (type == DataType.FLOAT) {
      out.writeNumber((float) value);
    } else {
      out.writeNumber(value);
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
      switch (elementType) {
        case BOOL -> out.writeBoolean(arrays.booleanAt(row, i));
        case FLOAT, DOUBLE -> writeFloating(elementType, arrays.doubleAt(row, i));
        case VARCHAR -> out.writeString(arrays.stringAt(row, i));
        default -> out.writeNumber(arrays.longAt(row, i));
      }
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
    return !declaredNames.contains(key)
        && (output.dynamicKeys().isEmpty() || output.dynamicKeys().contains(key));
  }
}

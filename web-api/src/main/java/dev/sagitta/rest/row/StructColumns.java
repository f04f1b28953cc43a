package dev.sagitta.rest.row;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sagitta.engine.column.ArrayColumn;
import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.VectorListColumn;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The columns of a struct that are shown, by sub-field, written as arrays of objects. */
final class StructColumns {
  private final Map<String, Column> columns = new LinkedHashMap<>();

  /** Shows one more sub-field. */
  void add(String subName, Column column) {
    columns.put(subName, column);
  }

  void write(JsonGenerator out, ElementWriter elements, VectorWriter vectors, int row)
      throws IOException {
    Column first = columns.values().iterator().next();
    if (first.isNull(row)) {
      out.writeNull();
      return;
    }
    int length = lengthAt(first, row);
    out.writeStartArray();
    for (int i = 0; i < length; i++) {
      out.writeStartObject();
      for (Map.Entry<String, Column> subField : columns.entrySet()) {
        out.writeFieldName(subField.getKey());
        switch (subField.getValue()) {
          case VectorListColumn lists -> vectors.writeElement(lists, row, i);
          case ArrayColumn arrays -> elements.write(arrays, row, i);
          default -> throw notOfStruct(subField.getValue());
        }
      }
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static int lengthAt(Column column, int row) {
    return switch (column) {
      case VectorListColumn lists -> lists.lengthAt(row);
      case ArrayColumn arrays -> arrays.lengthAt(row);
      default -> throw notOfStruct(column);
    };
  }

  private static IllegalStateException notOfStruct(Column column) {
    return new IllegalStateException("column is of no struct: type=" + column.type());
  }
}

package dev.sagitta.rest.row;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnBuilder;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.schema.StructSchema;
import dev.sagitta.rest.json.JsonErrors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads arrays of structs: JSON arrays of objects that name every sub-field, into a column a
 * sub-field.
 */
final class StructReader {
  private final String name;
  private final int capacity;
  private final Map<String, SubField> subFields = new HashMap<>();
  private final List<SubField> inOrder = new ArrayList<>();

  /** Row that the struct was last given in. */
  private int lastRow = -1;

  /** Number of the object that is being read, over all rows. */
  private long object;

  /** One of the struct's fields. */
  private static final class SubField {
    private final FieldSchema field;
    private final ElementReader elements;
    private final ColumnBuilder builder;
    private long lastObject;

    SubField(FieldSchema field, int expectedRows) {
      this.field = field;
      this.elements = ElementReader.of(field);
      this.builder = ColumnBuilder.forField(field, expectedRows);
    }
  }

  StructReader(StructSchema struct, List<FieldSchema> fields, int expectedRows) {
    this.name = struct.name();
    this.capacity = struct.maxCapacity();
    for (FieldSchema field : fields) {
      SubField subField = new SubField(field, expectedRows);
      inOrder.add(subField);
      subFields.put(StructSchema.subName(field), subField);
    }
  }

  /** Appends the value at the parser's current token, leaving the parser at its last token. */
  void read(JsonParser parser, int row) throws IOException {
    if (lastRow == row) {
      throw RowErrors.unusable("key given twice: field=" + name + " row=" + row);
    }
    if (!parser.isExpectedStartArrayToken()) {
      throw RowErrors.wrongValue(name, row, "Array of Struct", ScalarValues.textOf(parser));
    }
    lastRow = row;
    inOrder.forEach(subField -> subField.builder.beginArray());
    int length = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      length++;
      if (length <= capacity) {
        readStruct(parser, row);
      } else {
        parser.skipChildren();
      }
    }
    if (length > capacity) {
      throw RowErrors.tooLong(name, row, length, capacity);
    }
    inOrder.forEach(subField -> subField.builder.endArray());
  }

  private void readStruct(JsonParser parser, int row) throws IOException {
    if (!parser.isExpectedStartObjectToken()) {
      throw RowErrors.wrongValue(name, row, "Struct", ScalarValues.textOf(parser));
    }
    object++;
    int given = 0;
    for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
      SubField subField = subFields.get(key);
      if (subField == null) {
        throw RowErrors.unusable(
            "struct has no such sub-field: field="
                + name
                + " subField="
                + JsonErrors.shorten(key)
                + " row="
                + row);
      }
      if (subField.lastObject == object) {
        throw RowErrors.unusable("key given twice: field=" + subField.field.name() + " row=" + row);
      }
      subField.lastObject = object;
      parser.nextToken();
      subField.elements.append(parser, subField.builder, row);
      given++;
    }
    if (given < inOrder.size()) {
      throw missing(row);
    }
  }

  private RuntimeException missing(int row) {
    for (SubField subField : inOrder) {
      if (subField.lastObject != object) {
        return RowErrors.unusable(
            "missing field of a struct: " + subField.field.name() + " row=" + row);
      }
    }
    throw new IllegalStateException("no sub-field is missing: field=" + name);
  }

  /** Fails if the row did not name the struct, which is never null. */
  void finishRow(int row) {
    if (lastRow != row) {
      throw RowErrors.unusable(
          "missing field: "
              + name
              + " row="
              + row
              + ": invalid parameter[expected=Array of Struct][actual=]");
    }
  }

  /** Appends null if the row did not name the struct. */
  void finishPartialRow(int row) {
    if (lastRow != row) {
      inOrder.forEach(subField -> subField.builder.appendNull());
    }
  }

  boolean givenIn(int row) {
    return lastRow == row;
  }

  /** The fields that hold the sub-fields' values. */
  List<FieldSchema> fields() {
    return inOrder.stream().map(subField -> subField.field).toList();
  }

  /** Adds the columns by their fields' ids. */
  void build(Map<Long, Column> target) {
    inOrder.forEach(subField -> target.put(subField.field.id(), subField.builder.build()));
  }
}

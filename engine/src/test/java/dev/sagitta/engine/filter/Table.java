package dev.sagitta.engine.filter;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.ColumnBuilder;
import dev.sagitta.engine.geometry.WellKnownText;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows for tests, as maps from field name to Boolean, Long (also microseconds), Double, String
 * (also JSON text and WKT) or List of these; an absent name is null.
 */
record Table(CollectionSchema schema, List<Map<String, Object>> rows, ColumnBatch batch) {

  static final String KEY = "id";

  static Table of(CollectionSchema schema, List<Map<String, Object>> rows) {
    Map<Long, Column> columns = new LinkedHashMap<>();
    for (FieldSchema field : schema.fields()) {
      if (!field.type().isVector()) {
        ColumnBuilder builder = ColumnBuilder.forField(field, rows.size());
        rows.forEach(row -> append(builder, field, row.get(field.name())));
        columns.put(field.id(), builder.build());
      }
    }
    return new Table(schema, rows, new ColumnBatch(rows.size(), columns));
  }

  /** A field of every kind; all but the key and {@code n} may be null. */
  static CollectionSchema schemaOfAllTypes(boolean dynamic) {
    List<FieldSchema> fields = new ArrayList<>();
    fields.add(FieldSchema.of(100, KEY, DataType.INT64).asPrimaryKey(false));
    fields.add(
        FieldSchema.of(101, "vector", DataType.FLOAT_VECTOR).withParameters(Map.of("dim", "4")));
    fields.add(FieldSchema.of(102, "n", DataType.INT32));
    fields.add(FieldSchema.of(103, "a", DataType.INT64).asNullable());
    fields.add(FieldSchema.of(104, "b", DataType.INT8).asNullable());
    fields.add(FieldSchema.of(105, "d", DataType.DOUBLE).asNullable());
    fields.add(FieldSchema.of(106, "f", DataType.FLOAT).asNullable());
    fields.add(FieldSchema.of(107, "s", DataType.VARCHAR).asNullable());
    fields.add(FieldSchema.of(108, "t", DataType.VARCHAR).asNullable());
    fields.add(FieldSchema.of(109, "flag", DataType.BOOL).asNullable());
    fields.add(FieldSchema.of(110, "other", DataType.BOOL).asNullable());
    fields.add(FieldSchema.of(111, "j", DataType.JSON).asNullable());
    fields.add(array(112, "ai", DataType.INT64));
    fields.add(array(113, "ad", DataType.DOUBLE));
    fields.add(array(114, "as", DataType.VARCHAR));
    fields.add(array(115, "ab", DataType.BOOL));
    fields.add(FieldSchema.of(117, "ts", DataType.TIMESTAMPTZ).asNullable());
    fields.add(FieldSchema.of(118, "tt", DataType.TIMESTAMPTZ).asNullable());
    fields.add(FieldSchema.of(119, "g", DataType.GEOMETRY).asNullable());
    fields.add(FieldSchema.of(120, "p", DataType.GEOMETRY).asNullable());
    if (dynamic) {
      fields.add(
          FieldSchema.of(116, FieldSchema.DYNAMIC_FIELD_NAME, DataType.JSON)
              .asNullable()
              .asDynamic());
    }
    return new CollectionSchema("all_types", "", fields, dynamic);
  }

  private static FieldSchema array(long id, String name, DataType elementType) {
    return FieldSchema.of(id, name, DataType.INT8).withElementType(elementType).asNullable();
  }

  private static void append(ColumnBuilder builder, FieldSchema field, Object value) {
    switch (value) {
      case null -> builder.appendNull();
      case Boolean bool -> builder.appendBoolean(bool);
      case Long number -> builder.appendLong(number);
      case Double number -> builder.appendDouble(number);
      case String text when field.type() == DataType.JSON ->
          builder.appendJson(text.getBytes(UTF_8));
      case String text when field.type() == DataType.GEOMETRY ->
          builder.appendGeometry(WellKnownText.toBinary(text));
      case String text -> builder.appendString(text);
      case List<?> list -> appendArray(builder, list);
      default -> throw new IllegalArgumentException("not a value: " + value.getClass());
    }
  }

  private static void appendArray(ColumnBuilder builder, List<?> list) {
    builder.beginArray();
    for (Object element : list) {
      switch (element) {
        case Boolean bool -> builder.appendElementBoolean(bool);
        case Long number -> builder.appendElementLong(number);
        case Double number -> builder.appendElementDouble(number);
        case String text -> builder.appendElementString(text);
        default -> throw new IllegalArgumentException("not a value: " + element.getClass());
      }
    }
    builder.endArray();
  }

  /** Numbers of the rows that pass. */
  List<Integer> select(String expression, Map<String, Object> templates) {
    RowBitmap rows = FilterCompiler.compile(expression, templates, schema).evaluate(batch);
    List<Integer> selected = new ArrayList<>();
    for (int row = rows.nextRow(0); row >= 0; row = rows.nextRow(row + 1)) {
      selected.add(row);
    }
    return selected;
  }

  List<Integer> select(String expression) {
    return select(expression, Map.of());
  }
}

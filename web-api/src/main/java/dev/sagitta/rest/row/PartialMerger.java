package dev.sagitta.rest.row;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sagitta.engine.column.ArrayColumn;
import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.ColumnBuilder;
import dev.sagitta.engine.column.JsonColumn;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.rest.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Makes whole rows of partial ones: what a row does not give is taken from the stored row of its
 * key, or is as absent in a new row. Keys of the dynamic field are merged one by one.
 */
public final class PartialMerger {
  private final CollectionSchema schema;
  private final PartialRows partial;
  private final ColumnBatch stored;
  private final int[] storedRow;
  private final Map<String, ArrayChange> changes;

  /** What is done with an array that a row gives. */
  public enum ArrayChange {
    /** It takes the place of the stored one. */
    REPLACE,
    /** Its elements are added behind the stored ones. */
    ARRAY_APPEND,
    /** All stored elements that equal one of its elements are removed. */
    ARRAY_REMOVE
  }

  /**
   * @param stored rows that the partial ones change, with all fields that rows give
   * @param storedRow row of {@code stored} that each row changes; -1 for new rows
   * @param changes by name of the field; other fields are replaced
   */
  public PartialMerger(
      CollectionSchema schema,
      PartialRows partial,
      ColumnBatch stored,
      int[] storedRow,
      Map<String, ArrayChange> changes) {
    this.schema = requireNonNull(schema, "schema is null");
    this.partial = requireNonNull(partial, "partial is null");
    this.stored = requireNonNull(stored, "stored is null");
    this.storedRow = requireNonNull(storedRow, "storedRow is null");
    this.changes = Map.copyOf(changes);
  }

  /**
   * The whole rows.
   *
   * @throws dev.sagitta.engine.error.SagittaException 1804 for a new row that lacks a field, 1100
   *     for an array that grows beyond its capacity
   */
  public ColumnBatch merge() {
    Map<Long, Column> columns = new LinkedHashMap<>();
    for (long fieldId : partial.rows().columns().keySet()) {
      columns.put(fieldId, merged(schema.field(fieldId).orElseThrow()));
    }
    return new ColumnBatch(storedRow.length, columns);
  }

  private Column merged(FieldSchema field) {
    Column given = partial.rows().column(field.id());
    ColumnBuilder builder = ColumnBuilder.forField(field, storedRow.length);
    ArrayChange change = changes.getOrDefault(field.name(), ArrayChange.REPLACE);
    for (int row = 0; row < storedRow.length; row++) {
      boolean isGiven = partial.isGiven(field.id(), row);
      if (storedRow[row] < 0) {
        appendNew(field, given, builder, row, isGiven, change);
      } else if (!isGiven) {
        builder.appendFrom(stored.column(field.id()), storedRow[row]);
      } else if (field.dynamic()) {
        appendDynamic(field, (JsonColumn) given, builder, row);
      } else if (change == ArrayChange.REPLACE || given.isNull(row)) {
        builder.appendFrom(given, row);
      } else {
        appendArray(field, (ArrayColumn) given, builder, row, change);
      }
    }
    return builder.build();
  }

  private static void appendNew(
      FieldSchema field,
      Column given,
      ColumnBuilder builder,
      int row,
      boolean isGiven,
      ArrayChange change) {
    if (isGiven && change == ArrayChange.ARRAY_REMOVE) {
      builder.beginArray();
      builder.endArray();
    } else if (isGiven) {
      builder.appendFrom(given, row);
    } else if (field.dynamic()) {
      builder.appendJson("{}".getBytes(UTF_8));
    } else if (field.nullable() || field.defaultValue().isPresent()) {
      builder.appendDefault();
    } else {
      throw RowErrors.unusable("a new row lacks a field: field=" + field.name() + " row=" + row);
    }
  }

  private void appendDynamic(FieldSchema field, JsonColumn given, ColumnBuilder builder, int row) {
    JsonColumn old = (JsonColumn) stored.column(field.id());
    try {
      ObjectNode merged = Json.mapper().createObjectNode();
      if (!old.isNull(storedRow[row])) {
        merged.setAll((ObjectNode) Json.mapper().readTree(old.jsonUtf8At(storedRow[row])));
      }
      JsonNode changed = Json.mapper().readTree(given.jsonUtf8At(row));
      merged.setAll((ObjectNode) changed);
      byte[] utf8 = Json.mapper().writeValueAsBytes(merged);
      JsonReader.checkSize(field, utf8.length, row);
      builder.appendJson(utf8);
    } catch (JsonProcessingException e) {
      throw RowErrors.unusable("dynamic values: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void appendArray(
      FieldSchema field, ArrayColumn given, ColumnBuilder builder, int row, ArrayChange change) {
    ArrayColumn old = (ArrayColumn) stored.column(field.id());
    int oldRow = storedRow[row];
    int oldLength = old.isNull(oldRow) ? 0 : old.lengthAt(oldRow);
    builder.beginArray();
    if (change == ArrayChange.ARRAY_APPEND) {
      int length = oldLength + given.lengthAt(row);
      if (length > field.maxCapacity()) {
        throw RowErrors.outOfLimits(
            field,
            row,
            "array length (" + length + ") exceeds max capacity (" + field.maxCapacity() + ")");
      }
      appendElements(old, oldRow, oldLength, builder, Set.of());
      appendElements(given, row, given.lengthAt(row), builder, Set.of());
    } else {
      Set<Object> removed = new HashSet<>();
      for (int i = 0; i < given.lengthAt(row); i++) {
        removed.add(element(given, row, i));
      }
      appendElements(old, oldRow, oldLength, builder, removed);
    }
    builder.endArray();
  }

  private static void appendElements(
      ArrayColumn source, int row, int length, ColumnBuilder builder, Set<Object> without) {
    for (int i = 0; i < length; i++) {
      Object element = element(source, row, i);
      if (!without.contains(element)) {
        switch (element) {
          case Boolean bool -> builder.appendElementBoolean(bool);
          case Double number -> builder.appendElementDouble(number);
          case String text -> builder.appendElementString(text);
          default -> builder.appendElementLong((Long) element);
        }
      }
    }
  }

  private static Object element(ArrayColumn arrays, int row, int index) {
    return switch (arrays.elementType()) {
      case BOOL -> arrays.booleanAt(row, index);
      case FLOAT, DOUBLE -> arrays.doubleAt(row, index);
      case VARCHAR -> arrays.stringAt(row, index);
      default -> arrays.longAt(row, index);
    };
  }
}

package dev.sagitta.rest.row;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.schema.StructSchema;
import dev.sagitta.rest.json.JsonErrors;
import dev.sagitta.rest.json.JsonRange;
import java.io.IOException;
import java.time.ZoneId;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns rows (an array of JSON objects, or one object) into columns, in one pass. */
public final class RowsParser {
  private static final int EXPECTED_ROWS_LIMIT = 1024;
  private static final int GUESSED_BYTES_PER_ROW = 256;

  private final CollectionSchema schema;
  private final Map<String, FieldReader> readers = new HashMap<>();
  private final Map<Long, FieldReader> readersById = new LinkedHashMap<>();
  private final Map<String, StructReader> structReaders = new LinkedHashMap<>();
  private final Optional<DynamicReader> dynamicReader;
  private final GeneratedKeys generatedKeys;
  private final FieldSchema primaryKey;
  private final Set<String> computed = new HashSet<>();
  private final Map<Long, BitSet> given = new HashMap<>();
  private final boolean partial;

  private RowsParser(
      CollectionSchema schema,
      GeneratedKeys generatedKeys,
      ZoneId zone,
      boolean partial,
      int expectedRows) {
    this.schema = schema;
    this.generatedKeys = generatedKeys;
    this.partial = partial;
    this.primaryKey = schema.primaryKey();
    for (FieldSchema field : schema.fields()) {
      if (schema.functionOf(field).isPresent()) {
        computed.add(field.name());
      } else if (!field.dynamic() && !StructSchema.isSubField(field)) {
        FieldReader reader = FieldReader.of(field, zone, expectedRows);
        readers.put(field.name(), reader);
        readersById.put(field.id(), reader);
      }
    }
    for (StructSchema struct : schema.structs()) {
      structReaders.put(
          struct.name(), new StructReader(struct, schema.fieldsOf(struct), expectedRows));
    }
    this.dynamicReader = schema.dynamicField().map(field -> new DynamicReader(field, expectedRows));
  }

  /** What to do about the primary key of a collection whose keys the server makes. */
  public enum GeneratedKeys {
    /** Rows must not name it. */
    REFUSED,
    /** Rows name it all, or none does. */
    ALLOWED,
    /** Rows must name it, as in collections without generated keys. */
    REQUIRED
  }

  /**
   * Parses and checks rows.
   *
   * @param zone the time zone of timestamps without an offset
   * @return a column for each field that rows give; none for the primary key if the server is to
   *     generate it
   * @throws dev.sagitta.engine.error.SagittaException 1801 for malformed JSON, 1802 for no rows,
   *     1804 for rows that do not fit the schema, 1100 for values beyond a limit
   */
  public static ColumnBatch parse(
      CollectionSchema schema, GeneratedKeys generatedKeys, ZoneId zone, JsonRange data) {
    return parse(new RowsParser(schema, generatedKeys, zone, false, expectedRows(data)), data);
  }

  /**
   * Parses rows that name their key and any of the other fields; fails like {@link #parse}.
   *
   * @param zone the time zone of timestamps without an offset
   */
  public static PartialRows parsePartial(CollectionSchema schema, ZoneId zone, JsonRange data) {
    RowsParser parser =
        new RowsParser(schema, GeneratedKeys.REQUIRED, zone, true, expectedRows(data));
    ColumnBatch rows = parse(parser, data);
    return new PartialRows(rows, parser.given);
  }

  private static int expectedRows(JsonRange data) {
    return Math.min(EXPECTED_ROWS_LIMIT, 1 + data.length() / GUESSED_BYTES_PER_ROW);
  }

  private static ColumnBatch parse(RowsParser rows, JsonRange data) {
    try (JsonParser parser = data.parser()) {
      return rows.parse(parser);
    } catch (IOException e) {
      throw JsonErrors.malformed(e);
    }
  }

  private ColumnBatch parse(JsonParser parser) throws IOException {
    int rowCount = 0;
    JsonToken first = parser.nextToken();
    if (first == JsonToken.START_OBJECT) {
      readRow(parser, rowCount++);
    } else if (first == JsonToken.START_ARRAY) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (!parser.isExpectedStartObjectToken()) {
          throw notARow(parser, rowCount);
        }
        readRow(parser, rowCount++);
      }
    } else {
      throw notARow(parser, rowCount);
    }
    if (rowCount == 0) {
      throw JsonErrors.missing("data");
    }
    return build(rowCount);
  }

  private static RuntimeException notARow(JsonParser parser, int row) throws IOException {
    return RowErrors.unusable(
        "a row must be a JSON object: key=data row="
            + row
            + " actual="
            + JsonErrors.shorten(parser.getText()));
  }

  private void readRow(JsonParser parser, int row) throws IOException {
    for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
      parser.nextToken();
      FieldReader reader = readers.get(key);
      StructReader structReader = structReaders.get(key);
      if (structReader != null) {
        structReader.read(parser, row);
      } else if (reader == null) {
        readUndeclared(key, parser, row);
      } else if (!isAbsentGeneratedKey(reader, parser)) {
        checkKeyAllowed(reader.field);
        reader.read(parser, row);
      }
    }
    for (FieldReader reader : readersById.values()) {
      if (partial && !reader.field.primaryKey()) {
        note(reader.field, row, reader.givenIn(row));
        reader.finishPartialRow(row);
      } else if (!isGenerated(reader, row)) {
        note(reader.field, row, partial);
        reader.finishRow(row);
      }
    }
    for (StructReader reader : structReaders.values()) {
      finishStruct(reader, row);
    }
    if (dynamicReader.isPresent()) {
      note(dynamicReader.get().field(), row, partial && dynamicReader.get().isGiven());
      dynamicReader.get().finishRow(row);
    }
  }

  private void finishStruct(StructReader reader, int row) {
    if (!partial) {
      reader.finishRow(row);
      return;
    }
    reader.fields().forEach(field -> note(field, row, reader.givenIn(row)));
    reader.finishPartialRow(row);
  }

  private void note(FieldSchema field, int row, boolean isGiven) {
    if (isGiven) {
      given.computeIfAbsent(field.id(), _ -> new BitSet()).set(row);
    }
  }

  private boolean isAbsentGeneratedKey(FieldReader reader, JsonParser parser) {
    return parser.currentToken() == JsonToken.VALUE_NULL
        && reader.field.autoId()
        && generatedKeys != GeneratedKeys.REQUIRED;
  }

  private void checkKeyAllowed(FieldSchema field) {
    if (field.primaryKey() && field.autoId() && generatedKeys == GeneratedKeys.REFUSED) {
      throw RowErrors.unusable(
          "set primary key but autoID == true: field=" + field.name() + ": invalid parameter");
    }
  }

  private boolean isGenerated(FieldReader reader, int row) {
    if (!reader.field.primaryKey()
        || !reader.field.autoId()
        || generatedKeys == GeneratedKeys.REQUIRED) {
      return false;
    }
    boolean given = reader.givenIn(row);
    if (reader.builder.rowCount() != (given ? row + 1 : 0)) {
      throw RowErrors.unusable(
          "primary key given in some rows only: field=" + reader.field.name() + " row=" + row);
    }
    return !given;
  }

  private void readUndeclared(String key, JsonParser parser, int row) throws IOException {
    if (key.equals(FieldSchema.DYNAMIC_FIELD_NAME)) {
      throw RowErrors.unusable(
          "use the invalid field name(" + key + ") when enable dynamicField: row=" + row);
    }
    if (computed.contains(key)) {
      throw RowErrors.unusable(
          "not allowed to provide input data for function output field: " + key + " row=" + row);
    }
    if (schema.isInStruct(key)) {
      throw RowErrors.unusable(
          "a struct's fields are given inside the struct: field=" + key + " row=" + row);
    }
    if (dynamicReader.isEmpty()) {
      throw RowErrors.unusable(
          "has pass more field without dynamic schema, please check it: field="
              + JsonErrors.shorten(key)
              + " row="
              + row);
    }
    dynamicReader.get().read(key, parser, row);
  }

  private ColumnBatch build(int rowCount) {
    Map<Long, Column> columns = new LinkedHashMap<>();
    readersById.forEach(
        (fieldId, reader) -> {
          boolean generated = fieldId == primaryKey.id() && reader.builder.rowCount() == 0;
          if (!generated) {
            columns.put(fieldId, reader.builder.build());
          }
        });
    structReaders.values().forEach(reader -> reader.build(columns));
    dynamicReader.ifPresent(reader -> columns.put(reader.field().id(), reader.build()));
    return new ColumnBatch(rowCount, columns);
  }
}

package dev.sagitta.rest.row;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.rest.json.JsonErrors;
import dev.sagitta.rest.json.JsonRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Primary keys given by a client: one value or an array of values, integers also as text. */
public final class KeysParser {
  private static final int FIRST_CAPACITY = 16;

  private final FieldSchema primaryKey;
  private final String key;
  private final List<String> texts = new ArrayList<>();
  private long[] integers = new long[FIRST_CAPACITY];
  private int count;

  private KeysParser(FieldSchema primaryKey, String key) {
    this.primaryKey = primaryKey;
    this.key = key;
  }

  /**
   * Parses keys.
   *
   * @param key the body's key that holds them, for messages
   * @throws dev.sagitta.engine.error.SagittaException 1806 for values that are no keys
   */
  public static PrimaryKeys parse(FieldSchema primaryKey, String key, JsonRange range) {
    try (JsonParser parser = range.parser()) {
      return new KeysParser(primaryKey, key).parse(parser);
    } catch (IOException e) {
      throw JsonErrors.malformed(e);
    }
  }

  private PrimaryKeys parse(JsonParser parser) throws IOException {
    if (parser.nextToken() == JsonToken.START_ARRAY) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        add(parser);
      }
    } else {
      add(parser);
    }
    if (count == 0) {
      throw JsonErrors.missing(key);
    }
    return primaryKey.type() == DataType.INT64
        ? new PrimaryKeys.LongKeys(Arrays.copyOf(integers, count))
        : new PrimaryKeys.StringKeys(texts.toArray(String[]::new));
  }

  private void add(JsonParser parser) throws IOException {
    if (primaryKey.type() == DataType.INT64) {
      if (count == integers.length) {
        integers = Arrays.copyOf(integers, count * 2);
      }
      integers[count] = integer(parser);
    } else {
      if (parser.currentToken() != JsonToken.VALUE_STRING) {
        throw unusable(parser);
      }
      texts.add(parser.getText());
    }
    count++;
  }

  private long integer(JsonParser parser) throws IOException {
    try {
      return switch (parser.currentToken()) {
        case VALUE_NUMBER_INT -> parser.getLongValue();
        case VALUE_STRING -> Long.parseLong(parser.getText());
        default -> throw unusable(parser);
      };
    } catch (NumberFormatException | InputCoercionException e) {
      throw unusable(parser);
    }
  }

  private SagittaException unusable(JsonParser parser) throws IOException {
    return new SagittaException(
        ErrorCode.REST_INVALID_PRIMARY_KEY,
        "please check the primary key and its' type can only in [int, string], error: key="
            + key
            + " field="
            + primaryKey.name()
            + " index="
            + count
            + ": invalid parameter[expected="
            + primaryKey.type().milvusName()
            + "][actual="
            + JsonErrors.shorten(parser.getText())
            + "]");
  }
}

package dev.sagitta.rest.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/** The one JSON configuration of the REST API: strict RFC 8259, with bounds. */
public final class Json {
  /** Deepest nesting of objects and arrays in a request body. */
  public static final int MAXIMUM_DEPTH = 100;

  private static final int MAXIMUM_STRING_CHARACTERS = 20_000_000;
  private static final int MAXIMUM_NUMBER_CHARACTERS = 1_000;
  private static final int MAXIMUM_NAME_CHARACTERS = 50_000;

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAXIMUM_DEPTH)
                  .maxStringLength(MAXIMUM_STRING_CHARACTERS)
                  .maxNumberLength(MAXIMUM_NUMBER_CHARACTERS)
                  .maxNameLength(MAXIMUM_NAME_CHARACTERS)
                  .build())
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          // Row keys come from users: interning them would fill a table that is never emptied.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(FACTORY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  private Json() {}

  public static JsonFactory factory() {
    return FACTORY;
  }

  /** For small trees only; never for rows or vectors. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  public static JsonParser parser(byte[] bytes, int offset, int length) throws IOException {
    return FACTORY.createParser(bytes, offset, length);
  }
}

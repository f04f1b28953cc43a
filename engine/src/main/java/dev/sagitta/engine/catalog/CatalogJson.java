package dev.sagitta.engine.catalog;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;

/**
 * How catalog values and messages about them are mapped to JSON: records by component names,
 * enumerations by constant names, absent optionals as null, map entries sorted by key. Reading is
 * strict: an unknown, missing or mistyped property is an error.
 */
public final class CatalogJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          // A default value of an integer field is a Long, however small it is.
          .enable(DeserializationFeature.USE_LONG_FOR_INTS)
          .build();

  private CatalogJson() {}

  /** The shared mapper; safe for concurrent use, never reconfigured. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }
}

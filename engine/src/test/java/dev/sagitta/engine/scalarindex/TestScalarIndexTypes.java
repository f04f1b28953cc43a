package dev.sagitta.engine.scalarindex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Names, aliases and parameters of scalar indexes. */
class TestScalarIndexTypes {
  private static final FieldSchema NUMBER = FieldSchema.of(100, "number", DataType.INT32);
  private static final FieldSchema PRICE = FieldSchema.of(101, "price", DataType.DOUBLE);
  private static final FieldSchema TEXT = FieldSchema.of(102, "text", DataType.VARCHAR);
  private static final FieldSchema FLAG = FieldSchema.of(103, "flag", DataType.BOOL);
  private static final FieldSchema DOCUMENT = FieldSchema.of(104, "meta", DataType.JSON);
  private static final FieldSchema WORDS =
      FieldSchema.of(105, "words", DataType.VARCHAR).withElementType(DataType.VARCHAR);

  @Test
  void names() {
    assertThat(name("INVERTED", NUMBER)).isEqualTo("INVERTED");
    assertThat(name("BITMAP", WORDS)).isEqualTo("BITMAP");
    assertThat(name("sort", PRICE)).isEqualTo("STL_SORT");
    assertThat(name("Asceneding", TEXT)).isEqualTo("STL_SORT");
    assertThat(name("TRIE", TEXT)).isEqualTo("Trie");
    assertThat(name("marisa-trie", TEXT)).isEqualTo("Trie");
    assertThat(name("AUTOINDEX", FLAG)).isEqualTo("BITMAP");
    assertThat(name("AUTOINDEX", NUMBER)).isEqualTo("HYBRID");
    assertThat(name("AUTOINDEX", PRICE)).isEqualTo("HYBRID");
    assertThat(name("AUTOINDEX", TEXT)).isEqualTo("HYBRID");
    assertThat(name("AUTOINDEX", WORDS)).isEqualTo("HYBRID");
    assertThat(
            ScalarIndexTypes.resolve("AUTOINDEX", DOCUMENT, Map.of("json_cast_type", "BOOL"))
                .type()
                .name())
        .isEqualTo("INVERTED");
  }

  private static String name(String name, FieldSchema field) {
    return ScalarIndexTypes.resolve(name, field, Map.of()).type().name();
  }

  @Test
  void defaults() {
    assertThat(ScalarIndexTypes.resolve("HYBRID", NUMBER, Map.of()).parameters())
        .containsEntry("bitmap_cardinality_limit", "100");
    assertThat(
            ScalarIndexTypes.resolve("NGRAM", TEXT, Map.of("min_gram", " 2", "max_gram", "2"))
                .parameters())
        .containsEntry("min_gram", "2");
  }

  @Test
  void refusals() {
    refuses("NO_SUCH", NUMBER, Map.of(), ErrorCode.INVALID_PARAMETER, "NO_SUCH");
    refuses("Trie", NUMBER, Map.of(), ErrorCode.INVALID_PARAMETER, "field=number");
    refuses("BITMAP", PRICE, Map.of(), ErrorCode.INVALID_PARAMETER, "type=Double");
    refuses("BITMAP", DOCUMENT, Map.of(), ErrorCode.INVALID_PARAMETER, "type=JSON");
    refuses("STL_SORT", WORDS, Map.of(), ErrorCode.INVALID_PARAMETER, "Array of VarChar");
    refuses("STL_SORT", FLAG, Map.of(), ErrorCode.INVALID_PARAMETER, "type=Bool");
    refuses(
        "BITMAP", NUMBER.asPrimaryKey(false), Map.of(), ErrorCode.INVALID_PARAMETER, "primary key");
    refuses(
        "HYBRID",
        NUMBER,
        Map.of("bitmap_cardinality_limit", "0"),
        ErrorCode.INVALID_PARAMETER,
        "should be in range [1, 1000]");
    refuses("NGRAM", TEXT, Map.of("min_gram", "1"), ErrorCode.INVALID_PARAMETER, "max_gram");
    refuses(
        "NGRAM",
        TEXT,
        Map.of("min_gram", "3", "max_gram", "2"),
        ErrorCode.INVALID_PARAMETER,
        "'max_gram' (2)");
    refuses(
        "NGRAM",
        DOCUMENT,
        Map.of("min_gram", "1", "max_gram", "2", "json_cast_type", "DOUBLE"),
        ErrorCode.INVALID_PARAMETER,
        "VARCHAR");
    refuses("INVERTED", DOCUMENT, Map.of(), ErrorCode.MISSING_PARAMETER, "json_cast_type");
    refuses(
        "INVERTED",
        DOCUMENT,
        Map.of("json_cast_type", "INT64"),
        ErrorCode.INVALID_PARAMETER,
        "INT64");
    refuses(
        "INVERTED",
        DOCUMENT,
        Map.of("json_cast_type", "VARCHAR", "json_cast_function", "STRING_TO_DOUBLE"),
        ErrorCode.INVALID_PARAMETER,
        "json_cast_function=STRING_TO_DOUBLE");
    for (String path : new String[] {"", "other['a']", "meta[", "meta['a'] == 1"}) {
      refuses(
          "INVERTED",
          DOCUMENT,
          Map.of("json_cast_type", "BOOL", "json_path", path),
          ErrorCode.UNEXPECTED,
          "cannot parse identifier: " + path);
    }
  }

  private static void refuses(
      String name,
      FieldSchema field,
      Map<String, String> parameters,
      ErrorCode code,
      String inMessage) {
    assertThatThrownBy(() -> ScalarIndexTypes.resolve(name, field, parameters))
        .isInstanceOfSatisfying(
            SagittaException.class, e -> assertThat(e.errorCode()).isEqualTo(code))
        .hasMessageContaining(inMessage);
  }
}

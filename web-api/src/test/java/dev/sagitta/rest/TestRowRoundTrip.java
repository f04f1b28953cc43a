package dev.sagitta.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows of every type go in as JSON and come back in Milvus's form. */
final class TestRowRoundTrip {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String CREATE_ALL_TYPES =
      """
      {"collectionName": "rows",
       "schema": {"enableDynamicField": true, "fields": [
        {"fieldName": "id", "dataType": "Int64", "isPrimary": true},
        {"fieldName": "flag", "dataType": "Bool"},
        {"fieldName": "tiny", "dataType": "Int8"},
        {"fieldName": "small", "dataType": "Int16"},
        {"fieldName": "medium", "dataType": "Int32", "nullable": true},
        {"fieldName": "big", "dataType": "Int64", "defaultValue": 42},
        {"fieldName": "ratio", "dataType": "Float"},
        {"fieldName": "precise", "dataType": "Double"},
        {"fieldName": "title", "dataType": "VarChar", "elementTypeParams": {"max_length": 100}},
        {"fieldName": "document", "dataType": "JSON", "nullable": true},
        {"fieldName": "longs", "dataType": "Array", "elementDataType": "Int64",
         "elementTypeParams": {"max_capacity": 10}},
        {"fieldName": "words", "dataType": "Array", "elementDataType": "VarChar",
         "elementTypeParams": {"max_capacity": 10, "max_length": 20}},
        {"fieldName": "vector", "dataType": "FloatVector", "elementTypeParams": {"dim": 3}}]}}
      """;
  private static final String ROW =
      """
      {"id": 1, "flag": true, "tiny": -8, "small": 16, "medium": 32, "big": 9007199254740993,
       "ratio": 0.1, "precise": 0.1, "title": "Grüße 𝄞 \\" \\\\ \\u0001", "document": {"a": [1, 2.5, null]},
       "longs": [1, 9007199254740993], "words": ["x", ""], "vector": [0.1, -2, 3e-5]}
      """;

  private RestHarness rest;

  @BeforeEach
  void setUp() {
    rest = new RestHarness();
    rest.ok("/collections/create", CREATE_ALL_TYPES);
  }

  private JsonNode insertAndQuery(String rows) {
    rest.ok("/entities/insert", "{\"data\": " + rows + ", \"collectionName\": \"rows\"}");
    return rest.ok("/entities/query", "{\"collectionName\": \"rows\"}").get("data");
  }

  @Test
  void showsEveryTypeAsMilvusDoes() throws Exception {
    JsonNode row = insertAndQuery("[" + ROW + "]").get(0);

    JsonNode expected =
        MAPPER.readTree(
            """
            {"id": 1, "flag": true, "tiny": -8, "small": 16, "medium": 32, "big": 9007199254740993,
             "ratio": 0.1, "precise": 0.1, "title": "Grüße 𝄞 \\" \\\\ \\u0001",
             "document": "{\\"a\\":[1,2.5,null]}",
             "longs": {"Data": {"LongData": {"data": [1, 9007199254740993]}}},
             "words": {"Data": {"StringData": {"data": ["x", ""]}}},
             "vector": [0.1, -2.0, 3.0E-5]}
            """);
    assertThat(row).isEqualTo(expected);
  }

  @Test
  void takesOneObjectInsteadOfAnArray() {
    JsonNode rows = insertAndQuery(ROW);

    assertThat(rows).hasSize(1);
  }

  @Test
  void showsInt64AsTextWhenAsked() {
    insertAndQuery("[" + ROW + "]");

    JsonNode row =
        rest.post(
                "/entities/query",
                "{\"collectionName\": \"rows\"}",
                Map.of("Accept-Type-Allow-Int64", "false"))
            .get("data")
            .get(0);

    assertThat(row.get("id").textValue()).isEqualTo("1");
    assertThat(row.get("big").textValue()).isEqualTo("9007199254740993");
    assertThat(row.get("medium").intValue()).isEqualTo(32);
  }

  @Test
  void readsNumbersAndTruthValuesGivenAsText() {
    JsonNode row =
        insertAndQuery(
                """
                [{"id": "7", "flag": "true", "tiny": "-8", "small": "16", "medium": "32",
                  "big": "9223372036854775807", "ratio": "0.5", "precise": "1e3", "title": "5",
                  "longs": [], "words": [], "vector": [1, 2, 3]}]
                """)
            .get(0);

    assertThat(row.get("id").longValue()).isEqualTo(7);
    assertThat(row.get("flag").booleanValue()).isTrue();
    assertThat(row.get("tiny").intValue()).isEqualTo(-8);
    assertThat(row.get("big").longValue()).isEqualTo(Long.MAX_VALUE);
    assertThat(row.get("ratio").doubleValue()).isEqualTo(0.5);
    assertThat(row.get("precise").doubleValue()).isEqualTo(1000);
    assertThat(row.at("/longs/Data/LongData/data")).isEmpty();
  }

  @Test
  void storesNullsAndDefaults() {
    JsonNode rows =
        insertAndQuery(
            """
            [{"id": 1, "flag": 0, "tiny": 0, "small": 0, "ratio": 0, "precise": 0, "title": "",
              "longs": [], "words": [], "vector": [1, 2, 3]},
             {"id": 2, "flag": 1, "tiny": 0, "small": 0, "medium": null, "big": null, "ratio": 0,
              "precise": 0, "title": "", "document": null, "longs": [], "words": [],
              "vector": [1, 2, 3]}]
            """);

    for (JsonNode row : rows) {
      assertThat(row.get("medium").isNull()).isTrue();
      assertThat(row.get("document").isNull()).isTrue();
      assertThat(row.get("big").longValue()).isEqualTo(42);
    }
  }

  @Test
  void mergesUndeclaredKeysIntoTheRow() {
    String row =
        ROW.strip()
            .replaceFirst(
                "\\{",
                "{\"color\": \"red\", \"n\": {\"deep\": [1]}, "
                    + "\"nothing\": null, \"count\": 5, \"share\": 1.0, ");
    JsonNode all = insertAndQuery("[" + row + "]").get(0);

    assertThat(all.get("color").textValue()).isEqualTo("red");
    assertThat(all.at("/n/deep/0").intValue()).isEqualTo(1);
    assertThat(all.get("count").isIntegralNumber()).isTrue();
    assertThat(all.get("share").isFloatingPointNumber()).isTrue();
    assertThat(all.has("nothing")).isFalse();
    assertThat(all.has("$meta")).isFalse();

    JsonNode named =
        rest.ok(
                "/entities/query",
                "{\"collectionName\": \"rows\", \"outputFields\": [\"color\", \"title\"]}")
            .at("/data/0");
    assertThat(RestHarness.names(named)).containsExactlyInAnyOrder("id", "title", "color");

    JsonNode dynamic =
        rest.ok("/entities/query", "{\"collectionName\": \"rows\", \"outputFields\": [\"$meta\"]}")
            .at("/data/0");
    assertThat(RestHarness.names(dynamic))
        .containsExactlyInAnyOrder("id", "color", "n", "count", "share");
  }

  @Test
  void takesJsonTextForJson() {
    JsonNode row =
        insertAndQuery(
            "["
                + ROW.replace("{\"a\": [1, 2.5, null]}", "\"{ \\\"b\\\" : 1 }\"")
                + ","
                + ROW.replace("{\"a\": [1, 2.5, null]}", "\"{ broken\"")
                + ","
                + ROW.replace("{\"a\": [1, 2.5, null]}", "\"plain\"")
                + "]");

    assertThat(row.get(0).get("document").textValue()).isEqualTo("{\"b\":1}");
    assertThat(row.get(1).get("document").textValue()).isEqualTo("\"{ broken\"");
    assertThat(row.get(2).get("document").textValue()).isEqualTo("\"plain\"");
  }

  @Test
  void keysOfARowMayComeInAnyOrder() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    ArrayNode sent = MAPPER.createArrayNode();
    for (int i = 0; i < 200; i++) {
      ObjectNode row = MAPPER.createObjectNode();
      List<Runnable> setters = new ArrayList<>();
      int key = i;
      setters.add(() -> row.put("id", key));
      setters.add(() -> row.put("flag", random.nextBoolean()));
      setters.add(() -> row.put("tiny", random.nextInt(256) - 128));
      setters.add(() -> row.put("small", random.nextInt(1 << 16) - (1 << 15)));
      setters.add(() -> row.put("medium", random.nextInt()));
      setters.add(() -> row.put("big", random.nextLong()));
      setters.add(() -> row.put("ratio", random.nextFloat()));
      setters.add(() -> row.put("precise", random.nextGaussian() * 1e200));
      setters.add(() -> row.put("title", Integer.toString(random.nextInt(), 36)));
      setters.add(() -> row.putArray("longs").add(random.nextLong()));
      setters.add(() -> row.putArray("words").add("a").add("b"));
      setters.add(
          () ->
              row.putArray("vector")
                  .add(random.nextFloat())
                  .add(random.nextFloat() * 1e30f)
                  .add(-random.nextFloat() * 1e-30f));
      Collections.shuffle(setters, random);
      setters.forEach(Runnable::run);
      sent.add(row);
    }

    JsonNode got = insertAndQuery(sent.toString());

    for (int i = 0; i < sent.size(); i++) {
      for (String field :
          List.of("id", "flag", "tiny", "small", "medium", "big", "precise", "title")) {
        assertThat(got.get(i).get(field))
            .as("seed %d row %d field %s", seed, i, field)
            .isEqualTo(sent.get(i).get(field));
      }
      for (int element = 0; element < 3; element++) {
        assertThat(got.get(i).get("vector").get(element).floatValue())
            .as("seed %d row %d", seed, i)
            .isEqualTo(sent.get(i).get("vector").get(element).floatValue());
      }
      assertThat(got.get(i).get("ratio").floatValue())
          .isEqualTo(sent.get(i).get("ratio").floatValue());
      assertThat(got.get(i).at("/longs/Data/LongData/data")).isEqualTo(sent.get(i).get("longs"));
    }
  }
}

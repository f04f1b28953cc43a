package dev.sagitta.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.proxy.SearchTarget;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arrays of structs are declared, described, written, shown and searched as in Milvus. */
final class TestStructArrays {
  private static final String FIELDS =
      """
      {"fieldName": "text", "dataType": "VarChar", "elementTypeParams": {"max_length": 5}},
      {"fieldName": "page", "dataType": "Array", "elementDataType": "Int64"},
      {"fieldName": "emb", "dataType": "ArrayOfVector", "elementDataType": "FloatVector",
       "elementTypeParams": {"dim": 2}}
      """;
  private static final String ID =
      "{\"fieldName\": \"id\", \"dataType\": \"Int64\", \"isPrimary\": true}";
  private static final String ROW =
      """
      {"id": 1, "clips": [{"text": "a", "page": 7, "emb": [1, 2]},
                          {"page": 8, "emb": [3, 4.5], "text": "ä"}]}
      """;

  private final RestHarness rest = new RestHarness();

  private static String create(String struct) {
    return "{\"collectionName\": \"books\", \"schema\": {\"fields\": ["
        + ID
        + "], \"structFields\": ["
        + struct
        + "]}}";
  }

  private static String struct(String fields) {
    return "{\"fieldName\": \"clips\", \"description\": \"parts\","
        + " \"typeParams\": {\"max_capacity\": \"3\"}, \"fields\": ["
        + fields
        + "]}";
  }

  private void createBooks() {
    rest.ok("/collections/create", create(struct(FIELDS)));
  }

  private static String rows(String row) {
    return "{\"collectionName\": \"books\", \"data\": " + row + "}";
  }

  private JsonNode query(String outputFields) {
    return rest.ok(
            "/entities/query",
            "{\"collectionName\": \"books\", \"outputFields\": [" + outputFields + "]}")
        .at("/data/0");
  }

  @Test
  void describesWhatWasCreated() {
    createBooks();

    JsonNode data = rest.ok("/collections/describe", "{\"collectionName\": \"books\"}").get("data");

    assertThat(data.get("fields").findValuesAsText("name")).containsExactly("id");
    JsonNode clips = data.at("/structFields/0");
    assertThat(clips.get("name").asText()).isEqualTo("clips");
    assertThat(clips.get("description").asText()).isEqualTo("parts");
    assertThat(clips.get("type").asText()).isEqualTo("ArrayOfStruct");
    assertThat(clips.get("params").toString())
        .isEqualTo("[{\"key\":\"max_capacity\",\"value\":\"3\"}]");
    JsonNode fields = clips.get("fields");
    assertThat(fields.findValuesAsText("name")).containsExactly("text", "page", "emb");
    assertThat(fields.findValuesAsText("type")).containsExactly("Array", "Array", "ArrayOfVector");
    assertThat(fields.findValuesAsText("elementType"))
        .containsExactly("VarChar", "Int64", "FloatVector");
  }

  @Test
  void bothWaysOfDeclaringMeanTheSame() {
    createBooks();
    var declared = rest.collection("books").schema();
    RestHarness other = new RestHarness();

    other.ok(
        "/collections/create",
        "{\"collectionName\": \"books\", \"schema\": {\"fields\": ["
            + ID
            + ", {\"fieldName\": \"clips\", \"description\": \"parts\", \"dataType\": \"Array\","
            + " \"elementDataType\": \"Struct\", \"elementTypeParams\": {\"max_capacity\": 3},"
            + " \"fields\": ["
            + FIELDS
            + "]}]}}");

    assertThat(other.collection("books").schema()).isEqualTo(declared);
  }

  @Test
  void showsRowsAsTheyWereWritten() {
    createBooks();
    rest.ok("/entities/insert", rows(ROW));

    String whole =
        "[{\"text\":\"a\",\"page\":7,\"emb\":[1.0,2.0]},"
            + "{\"text\":\"ä\",\"page\":8,\"emb\":[3.0,4.5]}]";
    assertThat(query("\"*\"").get("clips").toString()).isEqualTo(whole);
    assertThat(query("\"clips\"").get("clips").toString()).isEqualTo(whole);
    assertThat(query("\"clips[page]\"").get("clips").toString())
        .isEqualTo("[{\"page\":7},{\"page\":8}]");
  }

  @Test
  void arraysMayBeEmpty() {
    createBooks();
    rest.ok("/entities/insert", rows("{\"id\": 1, \"clips\": []}"));

    assertThat(query("\"clips\"").get("clips").toString()).isEqualTo("[]");
  }

  @Test
  void queriesAreListsOfVectors() {
    createBooks();
    rest.ok("/entities/insert", rows(ROW));
    rest.ok(
        "/entities/search",
        """
        {"collectionName": "books", "annsField": "clips[emb]",
         "data": [[[1, 2], [3, 4]], [[5, 6]]], "searchParams": {"metricType": "MAX_SIM"}}
        """);

    SearchTarget.Vectors target = (SearchTarget.Vectors) rest.rows.lastSearch().target();
    assertThat(rest.rows.lastSearch().metric()).isEqualTo(Optional.of(MetricType.MAX_SIM_COSINE));
    var queries = QueryVector.ofRows(target.vectors());
    assertThat(queries.get(0).list().values()).containsExactly(1, 2, 3, 4);
    assertThat(queries.get(1).list().values()).containsExactly(5, 6);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[[1, 2]]          | an array of vectors",
        "[[]]              | at least one vector",
        "[[[1, 2], [3]]]   | dimension: 2",
        "[[[1, \"x\"]]]  | finite number",
      })
  void refusesQueriesThatAreNoLists(String data, String why) {
    createBooks();
    rest.ok("/entities/insert", rows(ROW));

    JsonNode answer =
        rest.post(
            "/entities/search",
            "{\"collectionName\": \"books\", \"annsField\": \"clips[emb]\", \"data\": "
                + data
                + "}");

    assertThat(answer.get("code").asInt()).isEqualTo(1801);
    assertThat(answer.get("message").asText()).contains(why).contains("clips[emb]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"id\": 1}                                                   | 1804 | missing field: clips",
        "{\"id\": 1, \"clips\": null}                                | 1804 | Array of Struct",
        "{\"id\": 1, \"clips\": {\"text\": \"a\"}}               | 1804 | Array of Struct",
        "{\"id\": 1, \"clips\": [1]}                                 | 1804 | Struct",
        "{\"id\": 1, \"clips\": [{\"text\": \"a\", \"page\": 1}]} | 1804 | clips[emb]",
        "{\"id\": 1, \"clips\": [{\"words\": \"a\"}]}            | 1804 | words",
        "{\"id\": 1, \"clips\": [{\"page\": 1, \"page\": 1}]}    | 1804 | key given twice",
        "{\"id\": 1, \"clips\": [{\"page\": \"x\"}]}             | 1804 | clips[page]",
        "{\"id\": 1, \"clips\": [{\"emb\": [1]}]}                  | 1804 | size 1",
        "{\"id\": 1, \"clips\": [{\"text\": \"abcdef\"}]}        | 1100 | exceeds max length",
        "{\"id\": 1, \"clips\": [], \"clips[text]\": []}           | 1804 | inside the struct",
        "{\"id\": 1, \"clips\": [], \"clips\": []}                 | 1804 | key given twice",
      })
  void refusesRowsThatDoNotFit(String row, int code, String why) {
    createBooks();

    JsonNode answer = rest.post("/entities/insert", rows(row));

    assertThat(answer.get("code").asInt()).isEqualTo(code);
    assertThat(answer.get("message").asText()).contains(why);
  }

  @Test
  void refusesMoreStructsThanTheCapacity() {
    createBooks();
    String one = "{\"text\": \"a\", \"page\": 7, \"emb\": [1, 2]}";

    JsonNode answer =
        rest.post(
            "/entities/insert",
            rows("{\"id\": 1, \"clips\": [" + String.join(",", one, one, one, one) + "]}"));

    assertThat(answer.get("code").asInt()).isEqualTo(1100);
    assertThat(answer.get("message").asText())
        .contains("the length (4) of 0th array exceeds max capacity (3)", "clips");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"fieldName\": \"a\", \"dataType\": \"JSON\"}    | 1100 | JSON is not supported",
        "{\"fieldName\": \"a\", \"dataType\": \"Array\", \"elementDataType\": \"Array\"} | 1100 | Nested",
        "{\"fieldName\": \"a\", \"dataType\": \"Struct\"}  | 1100 | Nested",
        "{\"fieldName\": \"a\", \"dataType\": \"Int8\", \"nullable\": true} | 1100 | nullable",
        "{\"fieldName\": \"a\", \"dataType\": \"Int8\", \"defaultValue\": 1} | 1100 | default_value",
        "{\"fieldName\": \"a\", \"dataType\": \"Int8\", \"isPrimary\": true} | 1100 | primary key",
        "{\"fieldName\": \"a b\", \"dataType\": \"Int8\"}  | 1701 | a b",
        "{\"fieldName\": \"a\", \"dataType\": \"FloatVector\"} | 1100 | dim",
        "{\"fieldName\": \"a\", \"dataType\": \"Int8Vector\", \"elementTypeParams\": {\"dim\": 2}} | 1100 | Int8Vector",
        "{\"fieldName\": \"page\", \"dataType\": \"Int8\"}  | 1100 | duplicate field name",
        "{\"fieldName\": \"a\", \"dataType\": \"Int8\", \"elementTypeParams\": {\"max_capacity\": 9}} | 1100 | max_capacity",
      })
  void refusesStructsThatCannotBe(String field, int code, String why) {
    JsonNode answer = rest.post("/collections/create", create(struct(FIELDS + ", " + field)));

    assertThat(answer.get("code").asInt()).isEqualTo(code);
    assertThat(answer.get("message").asText()).contains(why);
  }

  @Test
  void listsOfVectorsAreInsideStructsOnly() {
    JsonNode answer =
        rest.post(
            "/collections/create",
            "{\"collectionName\": \"books\", \"schema\": {\"fields\": ["
                + ID
                + ", {\"fieldName\": \"v\", \"dataType\": \"ArrayOfVector\","
                + " \"elementDataType\": \"FloatVector\","
                + " \"elementTypeParams\": {\"dim\": 2, \"max_capacity\": 3}}]}}");

    assertThat(answer.get("code").asInt()).isEqualTo(1100);
    assertThat(answer.get("message").asText()).contains("struct array field").contains("v");
  }
}

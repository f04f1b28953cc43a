package dev.sagitta.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sagitta.engine.catalog.ConsistencyLevel;
import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.function.FieldFunctions;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.proxy.SearchCommand;
import dev.sagitta.proxy.SearchTarget;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What endpoints of rows hand to the services, and the envelopes they answer with. */
final class TestEntities {
  private static final String ROWS =
      """
      [{"id": 11, "vector": [1, 2], "color": "red"}, {"id": 12, "vector": [3, 4]}]
      """;

  private RestHarness rest;

  @BeforeEach
  void setUp() {
    rest = new RestHarness();
    rest.ok("/collections/create", "{\"collectionName\": \"quick\", \"dimension\": 2}");
  }

  private void insert() {
    rest.ok("/entities/insert", "{\"collectionName\": \"quick\", \"data\": " + ROWS + "}");
  }

  @Test
  void insertAnswersCountAndIds() throws Exception {
    JsonNode answer =
        rest.ok("/entities/insert", "{\"collectionName\": \"quick\", \"data\": " + ROWS + "}");

    assertThat(answer.toString())
        .isEqualTo("{\"code\":0,\"cost\":0,\"data\":{\"insertCount\":2,\"insertIds\":[11,12]}}");
  }

  @Test
  void upsertAnswersCountAndIdsAsTextWhenAsked() {
    JsonNode answer =
        rest.post(
            "/entities/upsert",
            "{\"collectionName\": \"quick\", \"data\": " + ROWS + "}",
            Map.of("accept-type-allow-int64", "false"));

    assertThat(answer.toString())
        .isEqualTo(
            "{\"code\":0,\"cost\":0,\"data\":{\"upsertCount\":2,\"upsertIds\":[\"11\",\"12\"]}}");
  }

  @Test
  void searchAnswersFlatHitsWithTopks() {
    insert();

    JsonNode answer =
        rest.ok(
            "/entities/search",
            """
            {"data": [[1, 2], [5, 6]], "collectionName": "quick", "limit": 2,
             "outputFields": ["color"]}
            """);

    assertThat(answer.get("topks").toString()).isEqualTo("[2,0]");
    assertThat(answer.get("cost").intValue()).isZero();
    assertThat(answer.at("/data/0").toString())
        .isEqualTo("{\"distance\":0.5,\"id\":11,\"color\":\"red\"}");
    assertThat(answer.at("/data/1").toString()).isEqualTo("{\"distance\":0.25,\"id\":12}");
  }

  @Test
  void searchCommandHoldsEverythingThatWasAsked() {
    insert();

    rest.ok(
        "/entities/search",
        """
        {"collectionName": "quick", "data": [[1, 2], [3.5, -4]], "annsField": "vector",
         "limit": 3, "offset": 4, "filter": " color == {c} ", "exprParams": {"c": "red", "n": [1, 2.5]},
         "searchParams": {"metricType": "COSINE", "ef": 5, "params": {"radius": "0.5", "range_filter": 1, "nprobe": 8}},
         "consistencyLevel": "Strong", "partitionNames": ["_default"], "outputFields": ["id", "vector"]}
        """);

    SearchCommand command = rest.rows.lastSearch();
    SearchTarget.Vectors vectors = (SearchTarget.Vectors) command.target();
    assertThat(numbersOf(vectors)).containsExactly(1f, 2f, 3.5f, -4f);
    assertThat(vectors.count()).isEqualTo(2);
    assertThat(command.limit()).isEqualTo(3);
    assertThat(command.offset()).isEqualTo(4);
    assertThat(command.metric()).contains(MetricType.COSINE);
    assertThat(command.parameters().values()).isEqualTo(Map.of("ef", "5", "nprobe", "8"));
    assertThat(command.parameters().radius()).hasValue(0.5);
    assertThat(command.parameters().rangeFilter()).hasValue(1);
    assertThat(command.filter().expression()).isEqualTo("color == {c}");
    assertThat(command.filter().templates()).isEqualTo(Map.of("c", "red", "n", List.of(1L, 2.5)));
    assertThat(command.consistency()).contains(ConsistencyLevel.STRONG);
    assertThat(command.partitions()).containsExactly("_default");
    assertThat(command.outputFieldIds())
        .containsExactly(rest.collection("quick").schema().field("vector").orElseThrow().id());
  }

  @Test
  void searchWithoutOutputFieldsAsksForNone() {
    insert();

    JsonNode answer =
        rest.ok("/entities/search", "{\"collectionName\": \"quick\", \"data\": [[1, 2]]}");

    assertThat(rest.rows.lastSearch().outputFieldIds()).isEmpty();
    assertThat(rest.rows.lastSearch().limit()).isEqualTo(100);
    assertThat(rest.rows.lastSearch().consistency()).isEmpty();
    assertThat(RestHarness.names(answer.at("/data/0"))).containsExactly("distance", "id");
  }

  @Test
  void searchTakesStoredRowsInsteadOfVectors() {
    insert();

    rest.ok("/entities/search", "{\"collectionName\": \"quick\", \"ids\": [11, \"12\"]}");

    SearchTarget.StoredRows target = (SearchTarget.StoredRows) rest.rows.lastSearch().target();
    assertThat(((PrimaryKeys.LongKeys) target.keys()).values()).containsExactly(11L, 12L);
  }

  @Test
  void manyQueryVectorsArriveWhole() {
    insert();
    String vectors =
        IntStream.range(0, 1000)
            .mapToObj(i -> "[" + i + "," + (i + 0.5) + "]")
            .collect(Collectors.joining(",", "[", "]"));

    rest.ok("/entities/search", "{\"collectionName\": \"quick\", \"data\": " + vectors + "}");

    SearchTarget.Vectors target = (SearchTarget.Vectors) rest.rows.lastSearch().target();
    assertThat(target.count()).isEqualTo(1000);
    float[] numbers = numbersOf(target);
    for (int i = 0; i < 1000; i++) {
      assertThat(numbers[2 * i]).isEqualTo((float) i);
      assertThat(numbers[2 * i + 1]).isEqualTo(i + 0.5f);
    }
  }

  private static float[] numbersOf(SearchTarget.Vectors target) {
    DenseVectorColumn vectors = (DenseVectorColumn) target.vectors();
    float[] numbers = new float[vectors.rowCount() * vectors.dimension()];
    for (int row = 0; row < vectors.rowCount(); row++) {
      vectors.copyVector(row, numbers, row * vectors.dimension());
    }
    return numbers;
  }

  @Test
  void countDropsTheLimit() {
    insert();

    JsonNode answer =
        rest.ok(
            "/entities/query",
            "{\"collectionName\": \"quick\", \"outputFields\": [\"count(*)\"], \"filter\": \"\"}");

    assertThat(answer.get("data").toString()).isEqualTo("[{\"count(*)\":2}]");
  }

  @Test
  void getTakesOneIdOrMany() {
    insert();

    for (String id : List.of("11", "\"11\"", "[11, \"12\"]")) {
      JsonNode answer =
          rest.ok("/entities/get", "{\"collectionName\": \"quick\", \"id\": " + id + "}");
      assertThat(answer.get("data")).hasSize(2);
    }
  }

  @Test
  void deletePassesFilterAndAnswersCount() {
    JsonNode answer =
        rest.ok(
            "/entities/delete",
            """
            {"collectionName": "quick", "filter": "id in {ids}", "exprParams": {"ids": [1]}}
            """);

    assertThat(answer.toString()).isEqualTo("{\"code\":0,\"data\":{\"deleteCount\":7}}");
    assertThat(rest.rows.lastDelete().expression()).isEqualTo("id in {ids}");
  }

  @Test
  void generatedKeysAreAnswered() {
    rest.ok(
        "/collections/create",
        "{\"collectionName\": \"auto\", \"dimension\": 2, \"autoID\": true, \"idType\":"
            + " \"VarChar\", \"params\": {\"max_length\": 64}}");

    JsonNode answer =
        rest.ok(
            "/entities/insert", "{\"collectionName\": \"auto\", \"data\": {\"vector\": [1, 2]}}");

    assertThat(answer.at("/data/insertIds/0").textValue()).isEqualTo("1152921504606846976");
  }

  @Test
  void keysMayBeGivenWhenThePropertyAllowsThem() {
    rest.ok(
        "/collections/create",
        "{\"collectionName\": \"auto\", \"dimension\": 2, \"autoID\": true}");
    rest.ok(
        "/collections/alter_properties",
        "{\"collectionName\": \"auto\", \"properties\": {\"allow_insert_auto_id\": \"true\"}}");

    JsonNode given =
        rest.ok(
            "/entities/insert",
            "{\"collectionName\": \"auto\", \"data\": [{\"id\": 5, \"vector\": [1, 2]}]}");
    JsonNode mixed =
        rest.post(
            "/entities/insert",
            "{\"collectionName\": \"auto\", \"data\": [{\"id\": 5, \"vector\": [1, 2]},"
                + " {\"vector\": [1, 2]}]}");

    assertThat(given.at("/data/insertIds/0").longValue()).isEqualTo(5);
    assertThat(mixed.get("code").intValue()).isEqualTo(1804);
    assertThat(mixed.get("message").textValue()).contains("some rows only", "row=1");
  }

  @Test
  void requestTimeoutIsInSeconds() {
    insert();

    rest.post("/entities/query", "{\"collectionName\": \"quick\"}", Map.of("Request-Timeout", "7"));
    assertThat(rest.rows.lastDeadline().remaining().toMillis()).isCloseTo(7000L, within(5000L));

    rest.post(
        "/entities/query", "{\"collectionName\": \"quick\"}", Map.of("Request-Timeout", "soon"));
    assertThat(rest.rows.lastDeadline().remaining().toMillis()).isBetween(20_000L, 30_000L);
  }

  @Test
  void expiryIsHttp408WithCode10001() {
    RestDispatcher dispatcher =
        failing(new SagittaException(ErrorCode.TIMEOUT, "log did not answer: vchannel=v"));

    RestAnswer answer = dispatcher.dispatch(request());

    assertThat(answer.status()).isEqualTo(408);
    assertThat(RestHarness.parse(answer).get("code").intValue()).isEqualTo(10001);
    assertThat(RestHarness.parse(answer).get("message").textValue())
        .startsWith("request timeout")
        .contains("vchannel=v");
  }

  @Test
  void bugsAreHttp500AndNotTheProcess() {
    RestAnswer answer = failing(new IllegalStateException("broken")).dispatch(request());

    assertThat(answer.status()).isEqualTo(500);
    assertThat(RestHarness.parse(answer).get("code").intValue()).isEqualTo(500);
  }

  private RestDispatcher failing(RuntimeException error) {
    Endpoint endpoint =
        (context, body, out) -> {
          out.writeStringField("data", "half an answer");
          throw error;
        };
    return new RestDispatcher(
        new RestServices(
            rest.catalog,
            new FakeRootCoordinator(rest.catalog),
            new RestHarness().router(),
            (collectionId, partitionIds) -> 100,
            rest.rows,
            rest.rows,
            rest.rows,
            FieldFunctions.ofEngine(),
            rest.settings,
            new RestMetrics(rest.metrics)),
        List.of(Route.of("/fails", "Fails", endpoint)));
  }

  private static RestRequest request() {
    return new RestRequest("/fails", name -> Optional.empty(), new byte[] {'{', '}'}, 2);
  }

  @Test
  void unknownPathsAre404() {
    RestAnswer answer = rest.send("/entities/guess", new byte[0], Map.of());

    assertThat(answer.status()).isEqualTo(404);
  }
}

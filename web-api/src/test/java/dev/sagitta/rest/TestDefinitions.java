package dev.sagitta.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sagitta.engine.catalog.ChunkDescriptor;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.SegmentDescriptor;
import dev.sagitta.engine.catalog.SegmentIndexDescriptor;
import dev.sagitta.engine.catalog.SegmentState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Collections, indexes, partitions, aliases and databases. */
final class TestDefinitions {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final RestHarness rest = new RestHarness();

  private void createQuick(String name) {
    rest.ok("/collections/create", "{\"collectionName\": \"" + name + "\", \"dimension\": 2}");
  }

  @Test
  void quickCreateMakesFieldsIndexAndLoads() throws Exception {
    createQuick("quick");

    JsonNode data = rest.ok("/collections/describe", "{\"collectionName\": \"quick\"}").get("data");

    CollectionDescriptor collection = rest.collection("quick");
    JsonNode expected =
        MAPPER.readTree(
            """
            {"collectionName": "quick", "collectionID": %d, "description": "", "autoId": false,
             "fields": [
              {"name": "id", "id": 100, "type": "Int64", "primaryKey": true, "partitionKey": false,
               "clusteringKey": false, "autoId": false, "description": "", "nullable": false},
              {"name": "vector", "id": 101, "type": "FloatVector", "primaryKey": false,
               "partitionKey": false, "clusteringKey": false, "autoId": false, "description": "",
               "nullable": false, "params": [{"key": "dim", "value": "2"}]}],
             "functions": [], "aliases": [],
             "indexes": [{"indexName": "vector", "fieldName": "vector", "metricType": "COSINE"}],
             "load": "LoadStateLoaded", "shardsNum": 1, "partitionsNum": 1,
             "consistencyLevel": "Bounded", "enableDynamicField": true, "properties": []}
            """
                .formatted(collection.id()));
    assertThat(data).isEqualTo(expected);
  }

  @Test
  void explicitCreateWithoutIndexesIsNotLoaded() {
    rest.ok(
        "/collections/create",
        """
        {"collectionName": "explicit", "description": "words",
         "params": {"consistencyLevel": "Strong", "shardsNum": 2, "ttlSeconds": 60},
         "schema": {"autoID": true, "fields": [
          {"fieldName": "key", "dataType": "VarChar", "isPrimary": true,
           "elementTypeParams": {"max_length": "32"}},
          {"fieldName": "tags", "dataType": "Array", "elementDataType": "Int8", "nullable": true,
           "elementTypeParams": {"max_capacity": 4}},
          {"fieldName": "level", "dataType": "Int32", "defaultValue": 5},
          {"fieldName": "v", "dataType": "FloatVector", "elementTypeParams": {"dim": 8}}]}}
        """);

    JsonNode data =
        rest.ok("/collections/describe", "{\"collectionName\": \"explicit\"}").get("data");

    assertThat(data.get("autoId").booleanValue()).isTrue();
    assertThat(data.get("description").textValue()).isEqualTo("words");
    assertThat(data.get("load").textValue()).isEqualTo("LoadStateNotLoad");
    assertThat(data.get("consistencyLevel").textValue()).isEqualTo("Strong");
    assertThat(data.get("enableDynamicField").booleanValue()).isFalse();
    assertThat(data.get("indexes")).isEmpty();
    assertThat(data.at("/properties/0/key").textValue()).isEqualTo("collection.ttl.seconds");
    assertThat(data.at("/properties/0/value").textValue()).isEqualTo("60");
    assertThat(data.at("/fields/1/elementType").textValue()).isEqualTo("Int8");
    assertThat(data.at("/fields/1/nullable").booleanValue()).isTrue();
    assertThat(data.at("/fields/2/defaultValue/Data/IntData").intValue()).isEqualTo(5);
  }

  @Test
  void explicitCreateWithIndexesIsLoaded() {
    rest.ok(
        "/collections/create",
        """
        {"collectionName": "indexed",
         "schema": {"fields": [
          {"fieldName": "id", "dataType": "Int64", "isPrimary": true},
          {"fieldName": "v", "dataType": "FloatVector", "elementTypeParams": {"dim": 8}}]},
         "indexParams": [{"fieldName": "v", "indexName": "vi",
           "params": {"index_type": "HNSW", "metric_type": "L2", "M": 8, "efConstruction": "64"}}]}
        """);

    JsonNode index =
        rest.ok("/indexes/describe", "{\"collectionName\": \"indexed\", \"indexName\": \"vi\"}")
            .at("/data/0");

    assertThat(index.get("indexType").textValue()).isEqualTo("HNSW");
    assertThat(index.get("metricType").textValue()).isEqualTo("L2");
    assertThat(index.get("indexState").textValue()).isEqualTo("Finished");
    assertThat(index.get("indexParams").toString())
        .isEqualTo(
            "[{\"key\":\"M\",\"value\":\"8\"},{\"key\":\"efConstruction\",\"value\":\"64\"},"
                + "{\"key\":\"index_type\",\"value\":\"HNSW\"},"
                + "{\"key\":\"metric_type\",\"value\":\"L2\"}]");
    assertThat(
            rest.ok("/collections/get_load_state", "{\"collectionName\": \"indexed\"}").toString())
        .isEqualTo(
            "{\"code\":0,\"data\":{\"loadState\":\"LoadStateLoaded\",\"loadProgress\":100},"
                + "\"message\":\"\"}");
  }

  @Test
  void loadStateFollowsProgress() {
    createQuick("quick");
    rest.loadedPercent = 40;

    JsonNode loading = rest.ok("/collections/get_load_state", "{\"collectionName\": \"quick\"}");
    rest.ok("/collections/release", "{\"collectionName\": \"quick\"}");
    JsonNode released = rest.ok("/collections/get_load_state", "{\"collectionName\": \"quick\"}");

    assertThat(loading.at("/data/loadState").textValue()).isEqualTo("LoadStateLoading");
    assertThat(loading.at("/data/loadProgress").intValue()).isEqualTo(40);
    assertThat(released.get("data").toString()).isEqualTo("{\"loadState\":\"LoadStateNotLoad\"}");
  }

  @Test
  void statisticsAndBuildStateComeFromSegments() {
    createQuick("quick");
    CollectionDescriptor collection = rest.collection("quick");
    putSegment(collection, 1, 5000, SegmentState.SEALED, true);
    putSegment(collection, 2, 3000, SegmentState.SEALED, false);
    putSegment(collection, 3, 10, SegmentState.SEALED, false);
    putSegment(collection, 4, 700, SegmentState.GROWING, false);

    assertThat(
            rest.ok("/collections/get_stats", "{\"collectionName\": \"quick\"}")
                .at("/data/rowCount")
                .intValue())
        .isEqualTo(8710);
    assertThat(
            rest.ok(
                    "/partitions/get_stats",
                    "{\"collectionName\": \"quick\", \"partitionName\": \"_default\"}")
                .at("/data/rowCount")
                .intValue())
        .isEqualTo(8710);
    JsonNode index =
        rest.ok("/indexes/describe", "{\"collectionName\": \"quick\", \"indexName\": \"vector\"}")
            .at("/data/0");
    assertThat(index.get("totalRows").intValue()).isEqualTo(8010);
    assertThat(index.get("indexedRows").intValue()).isEqualTo(5010);
    assertThat(index.get("pendingRows").intValue()).isEqualTo(3000);
    assertThat(index.get("indexState").textValue()).isEqualTo("InProgress");
  }

  private void putSegment(
      CollectionDescriptor collection, long id, int rows, SegmentState state, boolean indexed) {
    long indexId = collection.indexes().getFirst().id();
    rest.catalog.put(
        new SegmentDescriptor(
            id,
            collection.id(),
            collection.partitions().getFirst().id(),
            collection.vchannels().getFirst(),
            state,
            List.of(new ChunkDescriptor(0, rows, 100, 1, 2, List.of(100L, 101L))),
            List.of(),
            indexed
                ? List.of(
                    new SegmentIndexDescriptor(
                        indexId, 101, 1, Optional.of("file"), 10, Optional.empty()))
                : List.of()));
  }

  @Test
  void collectionsAreListedInTheirDatabase() {
    rest.ok("/databases/create", "{\"dbName\": \"other\", \"properties\": {\"a\": 1}}");
    createQuick("b");
    createQuick("a");
    rest.ok(
        "/collections/create",
        "{\"dbName\": \"other\", \"collectionName\": \"c\", \"dimension\": 2}");

    assertThat(rest.ok("/collections/list", "{}").get("data").toString())
        .isEqualTo("[\"a\",\"b\"]");
    assertThat(rest.post("/collections/list", "{}", Map.of("DB-Name", "other")).get("data"))
        .hasToString("[\"c\"]");
    assertThat(rest.ok("/collections/has", "{\"collectionName\": \"c\"}").get("data").toString())
        .isEqualTo("{\"has\":false}");
    assertThat(rest.ok("/databases/list", "{}").get("data").toString())
        .isEqualTo("[\"default\",\"other\"]");
    assertThat(
            rest.ok("/databases/describe", "{\"dbName\": \"other\"}")
                .at("/data/properties")
                .toString())
        .isEqualTo("[{\"key\":\"a\",\"value\":\"1\"}]");
  }

  @Test
  void aliasesNameCollections() {
    createQuick("quick");
    rest.ok("/aliases/create", "{\"collectionName\": \"quick\", \"aliasName\": \"q\"}");

    assertThat(rest.ok("/aliases/list", "{}").get("data").toString()).isEqualTo("[\"q\"]");
    assertThat(rest.ok("/aliases/describe", "{\"aliasName\": \"q\"}").get("data").toString())
        .isEqualTo("{\"dbName\":\"default\",\"collectionName\":\"quick\",\"aliasName\":\"q\"}");
    assertThat(
            rest.ok("/collections/describe", "{\"collectionName\": \"q\"}")
                .at("/data/aliases/0")
                .textValue())
        .isEqualTo("q");

    rest.ok("/aliases/drop", "{\"aliasName\": \"q\"}");
    assertThat(rest.ok("/aliases/list", "{\"collectionName\": \"quick\"}").get("data")).isEmpty();
  }

  @Test
  void partitionsAreCreatedLoadedAndDropped() {
    createQuick("quick");
    String named = "{\"collectionName\": \"quick\", \"partitionName\": \"p\"}";
    rest.ok("/partitions/create", named);

    assertThat(
            rest.ok("/partitions/list", "{\"collectionName\": \"quick\"}").get("data").toString())
        .isEqualTo("[\"_default\",\"p\"]");
    assertThat(rest.ok("/partitions/has", named).get("data").toString())
        .isEqualTo("{\"has\":true}");

    rest.ok("/collections/release", "{\"collectionName\": \"quick\"}");
    rest.ok("/partitions/load", "{\"collectionName\": \"quick\", \"partitionNames\": [\"p\"]}");
    assertThat(
            rest.ok(
                    "/collections/get_load_state",
                    "{\"collectionName\": \"quick\", \"partitionNames\": [\"p\"]}")
                .at("/data/loadState")
                .textValue())
        .isEqualTo("LoadStateLoaded");
    assertThat(
            rest.ok(
                    "/collections/get_load_state",
                    "{\"collectionName\": \"quick\", \"partitionNames\": [\"_default\"]}")
                .at("/data/loadState")
                .textValue())
        .isEqualTo("LoadStateNotLoad");

    rest.ok("/partitions/drop", named);
    assertThat(rest.ok("/partitions/has", named).at("/data/has").booleanValue()).isFalse();
  }

  @Test
  void flushNamesTheCollectionsVchannels() {
    createQuick("quick");

    rest.ok("/collections/flush", "{\"collectionName\": \"quick\"}");

    assertThat(rest.flushed).isEqualTo(rest.collection("quick").vchannels());
  }

  @Test
  void propertiesAreSetAndRemoved() {
    createQuick("quick");
    rest.ok(
        "/collections/alter_properties",
        "{\"collectionName\": \"quick\", \"properties\": {\"a\": \"x\", \"b\": 5, \"c\": true}}");
    rest.ok(
        "/collections/drop_properties",
        "{\"collectionName\": \"quick\", \"propertyKeys\": [\"a\"]}");

    assertThat(rest.collection("quick").properties()).isEqualTo(Map.of("b", "5", "c", "true"));
  }

  /** What this process could not compute is refused before it is in the catalog. */
  @Test
  void functionsAreCheckedBeforeTheyCome() {
    rest.ok(
        "/collections/create",
        """
        {"collectionName": "texts", "schema": {"fields": [
          {"fieldName": "id", "dataType": "Int64", "isPrimary": true},
          {"fieldName": "text", "dataType": "VarChar", "elementTypeParams":
            {"max_length": 9, "enable_analyzer": true}},
          {"fieldName": "sparse", "dataType": "SparseFloatVector"},
          {"fieldName": "vector", "dataType": "FloatVector", "elementTypeParams": {"dim": 4}}]}}
        """);
    String function =
        """
        {"collectionName": "texts", "functionName": "f", "function": {"name": "f", "type": "%s",
          "inputFieldNames": ["text"], "outputFieldNames": ["%s"]}}
        """;
    fails(
        "/collections/add_function",
        function.formatted("BM25", "sparse"),
        1100,
        "currently does not support adding BM25 function");
    fails(
        "/collections/add_function",
        function.formatted("TextEmbedding", "vector"),
        1100,
        "function type is not supported: function=f type=TextEmbedding");
    fails(
        "/collections/alter_function",
        function.formatted("TextEmbedding", "vector"),
        1100,
        "function f not found");
    fails("/collections/add_function", "{\"collectionName\": \"texts\"}", 1802, "function");
    fails("/collections/drop_function", "{\"collectionName\": \"texts\"}", 1802, "Name");
    for (String key : List.of("FunctionName", "functionName")) {
      rest.ok(
          "/collections/drop_function",
          "{\"collectionName\": \"texts\", \"" + key + "\": \"none\"}");
    }
    assertThat(rest.collection("texts").schema().functions()).isEmpty();
  }

  private void fails(String path, String body, int code, String why) {
    JsonNode answer = rest.post(path, body);
    assertThat(answer.get("code").asInt()).as(answer.toString()).isEqualTo(code);
    assertThat(answer.get("message").asText()).contains(why);
  }

  @Test
  void renameDropAndIndexDrop() {
    createQuick("old");
    rest.ok("/collections/rename", "{\"collectionName\": \"old\", \"newCollectionName\": \"new\"}");
    assertThat(rest.ok("/indexes/list", "{\"collectionName\": \"new\"}").get("data").toString())
        .isEqualTo("[\"vector\"]");
    rest.ok("/indexes/drop", "{\"collectionName\": \"new\", \"indexName\": \"vector\"}");
    assertThat(rest.ok("/indexes/list", "{\"collectionName\": \"new\"}").get("data")).isEmpty();
    rest.ok("/collections/drop", "{\"collectionName\": \"new\"}");
    assertThat(rest.ok("/collections/list", "{}").get("data")).isEmpty();
  }
}

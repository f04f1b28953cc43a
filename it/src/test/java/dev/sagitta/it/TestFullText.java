package dev.sagitta.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Full-text search over Debian's package list: scores equal those of a plain BM25 over all rows,
 * whether a row is growing, sealed, indexed, in one partition or another, and after a restart.
 */
final class TestFullText {
  private static final String COLLECTION = "packages";
  private static final int FIRST_ROWS = 2400;
  private static final int LIMIT = 50;

  private static final List<String> QUERIES =
      List.of(
          "a library for reading images",
          "python bindings for the gtk toolkit",
          "game",
          "documentation of the Apache server, in html",
          "network monitoring daemon network daemon",
          "nosuchwordanywhere fonts");

  private final PlainBm25 summaries = new PlainBm25(1.2, 0.75);
  private final PlainBm25 descriptions = new PlainBm25(1.6, 0.4);
  private final Map<Long, JsonNode> rows = new LinkedHashMap<>();
  private RestClient client;

  @Test
  void scoresEqualThoseOfPlainBm25(@TempDir Path data) throws Exception {
    List<JsonNode> packages = new ArrayList<>(TestPackageFilters.load().values());
    try (Server server = Server.start(data)) {
      client = server.client();
      create();
      refusesWhatCannotBe();
      describes();

      insert(packages.subList(0, FIRST_ROWS), "_default");
      check("growing");
      client.ok("collections/flush", name());
      check("sealed");
      awaitIndexes();
      check("indexed");
      client.ok("partitions/create", name().put("partitionName", "late"));
      insert(packages.subList(FIRST_ROWS, packages.size()), "late");
      check("indexed and growing");
      deleteAndUpsert(packages);
      check("after deletes");
      checkFiltersAndPartitions();
      checkParameters();
      checkLanguages();

      server.killNine();
      server.up();
      client = server.client();
      check("after a restart");
      checkFiltersAndPartitions();
    }
  }

  private static ObjectNode name() {
    return RestClient.object().put("collectionName", COLLECTION);
  }

  private void create() throws Exception {
    ObjectNode body = name();
    body.putObject("params").put("shardsNum", 2);
    ObjectNode schema = body.putObject("schema");
    ArrayNode fields = schema.putArray("fields");
    fields.addObject().put("fieldName", "id").put("dataType", "Int64").put("isPrimary", true);
    fields.addObject().put("fieldName", "kib").put("dataType", "Int64");
    ObjectNode summary = text(fields, "summary");
    summary.put("nullable", true);
    ((ObjectNode) summary.get("elementTypeParams")).put("enable_match", true);
    ObjectNode whitespace =
        ((ObjectNode) summary.get("elementTypeParams")).putObject("analyzer_params");
    whitespace.put("tokenizer", "whitespace").putArray("filter").add("lowercase");
    ObjectNode description = text(fields, "description");
    ((ObjectNode) description.get("elementTypeParams"))
        .put("enable_match", true)
        .putObject("analyzer_params")
        .put("type", "english");
    fields.addObject().put("fieldName", "summary_terms").put("dataType", "SparseFloatVector");
    fields.addObject().put("fieldName", "description_terms").put("dataType", "SparseFloatVector");
    ArrayNode functions = schema.putArray("functions");
    functions.add(function("summary_bm25", "summary", "summary_terms"));
    functions.add(function("description_bm25", "description", "description_terms"));
    ArrayNode indexes = body.putArray("indexParams");
    indexes.addObject().put("fieldName", "summary_terms").put("metricType", "BM25");
    indexes
        .addObject()
        .put("fieldName", "description_terms")
        .put("metricType", "BM25")
        .put("indexType", "SPARSE_INVERTED_INDEX")
        .putObject("params")
        .put("bm25_k1", 1.6)
        .put("bm25_b", 0.4)
        .put("inverted_index_algo", "DAAT_WAND");
    client.ok("collections/create", body);
  }

  private static ObjectNode text(ArrayNode fields, String name) {
    ObjectNode field = fields.addObject().put("fieldName", name).put("dataType", "VarChar");
    field.putObject("elementTypeParams").put("max_length", 20_000).put("enable_analyzer", true);
    return field;
  }

  private static ObjectNode function(String name, String input, String output) {
    ObjectNode function = RestClient.object().put("name", name).put("type", "BM25");
    function.putArray("inputFieldNames").add(input);
    function.putArray("outputFieldNames").add(output);
    function.putObject("params");
    return function;
  }

  private void describes() throws Exception {
    JsonNode described = client.ok("collections/describe", name());
    assertThat(described.get("functions")).hasSize(2);
    JsonNode first = described.get("functions").get(0);
    assertThat(first.get("name").asText()).isEqualTo("summary_bm25");
    assertThat(first.get("type").asText()).isEqualTo("BM25");
    assertThat(first.get("inputFieldNames").get(0).asText()).isEqualTo("summary");
    assertThat(first.get("outputFieldNames").get(0).asText()).isEqualTo("summary_terms");
    for (JsonNode field : described.get("fields")) {
      assertThat(field.path("isFunctionOutput").asBoolean())
          .isEqualTo(field.get("name").asText().endsWith("_terms"));
    }
  }

  private void insert(List<JsonNode> packages, String partition) throws Exception {
    for (int from = 0; from < packages.size(); from += 600) {
      ObjectNode body = name().put("partitionName", partition);
      ArrayNode data = body.putArray("data");
      List<JsonNode> part = packages.subList(from, Math.min(packages.size(), from + 600));
      for (JsonNode row : part) {
        write(row, data.addObject());
      }
      client.ok("entities/insert", body);
      count(part);
    }
  }

  private static void write(JsonNode row, ObjectNode target) {
    target.put("id", row.get("id").asLong()).put("kib", TestPackageFilters.kib(row));
    target.put("description", row.get("description").asText());
    if (hasSummary(row)) {
      target.put("summary", row.get("summary").asText());
    }
  }

  /** Some rows have no summary, to see how null texts count. */
  private static boolean hasSummary(JsonNode row) {
    return row.get("id").asLong() % 37 != 0;
  }

  /** Adds rows to what the references know. */
  private void count(List<JsonNode> part) throws Exception {
    ObjectNode body = RestClient.object().put("analyzerParams", "{\"type\": \"english\"}");
    ArrayNode texts = body.putArray("text");
    part.forEach(row -> texts.add(row.get("description").asText()));
    JsonNode results = client.ok("common/run_analyzer", body).get("results");
    for (int i = 0; i < part.size(); i++) {
      long id = part.get(i).get("id").asLong();
      rows.put(id, part.get(i));
      descriptions.add(id, tokens(results.get(i)));
      String summary = hasSummary(part.get(i)) ? part.get(i).get("summary").asText() : "";
      summaries.add(id, words(summary));
    }
  }

  private static List<String> tokens(JsonNode result) {
    List<String> tokens = new ArrayList<>();
    result.get("tokens").forEach(token -> tokens.add(token.get("token").asText()));
    return tokens;
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.toLowerCase(Locale.ROOT).split("\\s+"))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  private List<String> english(String text) throws Exception {
    ObjectNode body = RestClient.object().put("analyzerParams", "{\"type\": \"english\"}");
    body.putArray("text").add(text);
    return tokens(client.ok("common/run_analyzer", body).get("results").get(0));
  }

  private void deleteAndUpsert(List<JsonNode> packages) throws Exception {
    client.ok("entities/delete", name().put("filter", "kib > 20000"));
    rows.values().removeIf(row -> TestPackageFilters.kib(row) > 20_000);
    for (JsonNode row : packages) {
      if (TestPackageFilters.kib(row) > 20_000) {
        summaries.hide(row.get("id").asLong());
        descriptions.hide(row.get("id").asLong());
      }
    }
    ObjectNode changed = rows.values().iterator().next().deepCopy();
    changed.put("summary", "game of networks").put("description", "A monitoring game.");
    ObjectNode body = name();
    write(changed, body.putArray("data").addObject());
    client.ok("entities/upsert", body);
    count(List.of(changed));
  }

  private void check(String phase) throws Exception {
    List<Map<Long, Double>> expected = new ArrayList<>();
    for (String query : QUERIES) {
      expected.add(summaries.scores(words(query)));
    }
    compare(phase + ", summary", search("summary_terms", QUERIES, RestClient.object()), expected);
    expected.clear();
    for (String query : QUERIES) {
      expected.add(descriptions.scores(english(query)));
    }
    checkWords(phase);
    compare(
        phase + ", description",
        search("description_terms", QUERIES, RestClient.object()),
        expected);
  }

  /** Words and phrases in filters, which have an index of their own. */
  private void checkWords(String phase) throws Exception {
    passes(phase, "text_match(summary, 'library GTK')", id -> summaryHas(id, 1, "library", "gtk"));
    passes(
        phase,
        "text_match(summary, 'library for C++', minimum_should_match=2)",
        id -> summaryHas(id, 2, "library", "for", "c++"));
    passes(
        phase,
        "not text_match(summary, 'library')",
        id -> hasSummary(rows.get(id)) && !summaryHas(id, 1, "library"));
    passes(
        phase,
        "phrase_match(summary, 'bindings for the') and kib < 1000",
        id ->
            hasSummary(rows.get(id))
                && TestPackageFilters.kib(rows.get(id)) < 1000
                && (" " + String.join(" ", words(summaryOf(id))) + " ")
                    .contains(" bindings for the "));
    passes(
        phase,
        "phrase_match(summary, 'python module', 2)",
        id -> hasSummary(rows.get(id)) && near(words(summaryOf(id)), "python", "module", 2));
    List<String> images = english("reading images");
    passes(
        phase,
        "text_match(description, 'reading images')",
        id -> images.stream().anyMatch(descriptions.tokens(id)::contains));
  }

  private String summaryOf(long id) {
    return rows.get(id).get("summary").asText();
  }

  private boolean summaryHas(long id, int minimum, String... wanted) {
    return hasSummary(rows.get(id))
        && Arrays.stream(wanted).filter(words(summaryOf(id))::contains).count() >= minimum;
  }

  /** Whether two words stand so that moving one by at most {@code slop} gives the phrase. */
  private static boolean near(List<String> words, String first, String second, int slop) {
    for (int i = 0; i < words.size(); i++) {
      for (int j = 0; j < words.size(); j++) {
        if (words.get(i).equals(first)
            && words.get(j).equals(second)
            && Math.abs(j - 1 - i) <= slop) {
          return true;
        }
      }
    }
    return false;
  }

  private void passes(String phase, String filter, LongPredicate expected) throws Exception {
    ObjectNode body = name().put("filter", filter).put("limit", 16_384);
    body.put("consistencyLevel", "Strong").putArray("outputFields").add("id");
    List<Long> found = new ArrayList<>();
    client.ok("entities/query", body).forEach(row -> found.add(row.get("id").asLong()));
    List<Long> wanted = rows.keySet().stream().filter(expected::test).sorted().toList();
    assertThat(wanted).as(filter).isNotEmpty();
    assertThat(found).as(phase + ": " + filter).isEqualTo(wanted);
  }

  /** Each row names the analyzer of its text, a search the one of its query. */
  private void checkLanguages() throws Exception {
    ObjectNode body = RestClient.object().put("collectionName", "languages");
    ObjectNode schema = body.putObject("schema");
    ArrayNode fields = schema.putArray("fields");
    fields.addObject().put("fieldName", "id").put("dataType", "Int64").put("isPrimary", true);
    text(fields, "language");
    ObjectNode several =
        ((ObjectNode) text(fields, "summary").get("elementTypeParams"))
            .putObject("multi_analyzer_params")
            .put("by_field", "language");
    several.putObject("alias").put("en", "english");
    ObjectNode analyzers = several.putObject("analyzers");
    analyzers.putObject("english").put("type", "english");
    analyzers.putObject("chinese").put("type", "chinese");
    analyzers.putObject("default").put("tokenizer", "whitespace");
    fields.addObject().put("fieldName", "terms").put("dataType", "SparseFloatVector");
    schema.putArray("functions").add(function("f", "summary", "terms"));
    body.putArray("indexParams").addObject().put("fieldName", "terms").put("metricType", "BM25");
    client.ok("collections/create", body);
    ObjectNode insert = RestClient.object().put("collectionName", "languages");
    ArrayNode data = insert.putArray("data");
    data.addObject().put("id", 1).put("language", "en").put("summary", "Dogs running");
    data.addObject().put("id", 2).put("language", "other").put("summary", "Dogs running");
    data.addObject().put("id", 3).put("language", "chinese").put("summary", "我们学习数据库");
    client.ok("entities/insert", insert);
    assertThat(inLanguage("english", "a dog runs")).containsExactly(1L);
    assertThat(inLanguage("none", "Dogs running")).containsExactly(2L);
    assertThat(inLanguage("chinese", "数据库")).containsExactly(3L);
    client.ok("collections/drop", RestClient.object().put("collectionName", "languages"));
  }

  private List<Long> inLanguage(String analyzer, String query) throws Exception {
    ObjectNode body = RestClient.object().put("collectionName", "languages");
    body.put("consistencyLevel", "Strong").putArray("data").add(query);
    body.putObject("searchParams").put("analyzer_name", analyzer);
    List<Long> ids = new ArrayList<>();
    client.ok("entities/search", body).forEach(hit -> ids.add(hit.get("id").asLong()));
    return ids;
  }

  private void checkFiltersAndPartitions() throws Exception {
    ObjectNode filtered = RestClient.object().put("filter", "kib < 300");
    compareSome("filter", filtered, id -> TestPackageFilters.kib(rows.get(id)) < 300);
    ObjectNode selective = RestClient.object().put("filter", "kib < 30");
    compareSome("selective", selective, id -> TestPackageFilters.kib(rows.get(id)) < 30);
    ObjectNode late = RestClient.object();
    late.putArray("partitionNames").add("late");
    List<Long> ids = new ArrayList<>(rows.keySet());
    long firstUpserted = ids.getFirst();
    List<Long> expectedLate = TestPackageFilters.load().keySet().stream().skip(FIRST_ROWS).toList();
    compareSome("partition", late, id -> id != firstUpserted && expectedLate.contains(id));
  }

  /** The scores are those of the whole collection, whatever part of it is searched. */
  private void compareSome(String phase, ObjectNode with, LongPredicate kept) throws Exception {
    List<Map<Long, Double>> expected = new ArrayList<>();
    for (String query : QUERIES) {
      Map<Long, Double> scores = summaries.scores(words(query));
      scores.keySet().removeIf(id -> !kept.test(id));
      expected.add(scores);
    }
    compare(phase, search("summary_terms", QUERIES, with), expected);
  }

  private void checkParameters() throws Exception {
    String query = QUERIES.getFirst();
    Map<Long, Double> scores = summaries.scores(words(query));
    ObjectNode range = RestClient.object();
    range.putObject("searchParams").putObject("params").put("radius", 3).put("range_filter", 6);
    Map<Long, Double> ranged = new LinkedHashMap<>(scores);
    ranged.values().removeIf(score -> score <= 3 || score > 6);
    compare("range", search("summary_terms", List.of(query), range), List.of(ranged));

    // Of two terms one is dropped: that of the smaller weight.
    ObjectNode dropped = RestClient.object();
    dropped.putObject("searchParams").put("drop_ratio_search", 0.5).put("metric_type", "BM25");
    compare(
        "dropped terms",
        search("summary_terms", List.of("the sphinxbase"), dropped),
        List.of(summaries.scores(words("sphinxbase"))));
    assertThat(search("summary_terms", List.of("..."), RestClient.object()).get("data")).isEmpty();
  }

  private JsonNode search(String field, List<String> queries, ObjectNode with) throws Exception {
    ObjectNode body = name().put("annsField", field).put("limit", LIMIT);
    body.put("consistencyLevel", "Strong");
    body.setAll(with);
    ArrayNode data = body.putArray("data");
    queries.forEach(data::add);
    body.putArray("outputFields").add("*");
    JsonNode answer = client.call("entities/search", body);
    assertThat(answer.get("code").asInt()).as(answer.toString()).isZero();
    return answer;
  }

  private void compare(String phase, JsonNode answer, List<Map<Long, Double>> expected) {
    int position = 0;
    for (int query = 0; query < expected.size(); query++) {
      String what = phase + ", query " + query;
      Map<Long, Double> scores = expected.get(query);
      List<Double> best =
          scores.values().stream().sorted((x, y) -> Double.compare(y, x)).limit(LIMIT).toList();
      int count = answer.get("topks").get(query).asInt();
      assertThat(count).as(what).isEqualTo(best.size());
      for (int hit = 0; hit < count; hit++) {
        JsonNode row = answer.get("data").get(position++);
        long id = row.get("id").asLong();
        double score = row.get("distance").asDouble();
        assertThat(score).as(what + ", hit " + hit).isEqualTo(best.get(hit), within(1e-4));
        assertThat(scores).as(what).containsKey(id);
        assertThat(score).as(what + ", id " + id).isEqualTo(scores.get(id), within(1e-4));
        assertThat(row.has("summary_terms")).isFalse();
        assertThat(row.has("description")).isTrue();
      }
    }
    assertThat(answer.get("data")).as(phase).hasSize(position);
  }

  private void awaitIndexes() throws Exception {
    for (String field : List.of("summary_terms", "description_terms")) {
      Await.until(
          "index of " + field,
          Duration.ofMinutes(1),
          () -> {
            JsonNode index = client.ok("indexes/describe", name().put("indexName", field)).get(0);
            return index.get("indexState").asText().equals("Finished")
                && index.get("indexedRows").asLong() == FIRST_ROWS;
          });
    }
  }

  private void refusesWhatCannotBe() throws Exception {
    ObjectNode row = RestClient.object().put("id", 1).put("kib", 1).put("description", "x");
    row.putObject("summary_terms").put("1", 0.5);
    ObjectNode given = name();
    given.putArray("data").add(row);
    refused("entities/insert", given, 1804, "function output field: summary_terms");
    ObjectNode output = name().put("filter", "id > 0").put("limit", 1);
    output.putArray("outputFields").add("summary_terms");
    refused("entities/query", output, 1100, "not allowed to retrieve raw data of field");
    ObjectNode vector = name().put("annsField", "summary_terms");
    vector.putArray("data").addObject().put("1", 0.5);
    refused("entities/search", vector, 1100, "please provide varchar/text");
    ObjectNode hidden = name();
    hidden
        .putArray("indexParams")
        .addObject()
        .put("fieldName", "summary")
        .put("indexType", "TEXT_MATCH");
    refused("indexes/create", hidden, 1100, "it comes with enable_match");
    assertThat(client.ok("indexes/list", name())).hasSize(2);
    refusedFunction(f -> f.put("type", "BM26"), "Unsupported function type");
    refusedFunction(f -> f.putArray("inputFieldNames").add("id"), "must be a VARCHAR");
    refusedFunction(f -> f.putArray("outputFieldNames").add("kib"), "must be a SparseFloatVector");
    refusedFunction(f -> f.putArray("outputFieldNames").add("nothing"), "output field not found");
    refusedFunction(f -> f.putObject("params").put("k", 1), "BM25 function accepts no params");
    refusedFunction(f -> f.putArray("inputFieldNames").add("plain"), "set enable_analyzer");
  }

  private void refusedFunction(java.util.function.Consumer<ObjectNode> change, String words)
      throws Exception {
    ObjectNode body = RestClient.object().put("collectionName", "refused");
    ObjectNode schema = body.putObject("schema");
    ArrayNode fields = schema.putArray("fields");
    fields.addObject().put("fieldName", "id").put("dataType", "Int64").put("isPrimary", true);
    fields.addObject().put("fieldName", "kib").put("dataType", "Int64");
    text(fields, "summary");
    ((ObjectNode) text(fields, "plain").get("elementTypeParams")).remove("enable_analyzer");
    fields.addObject().put("fieldName", "terms").put("dataType", "SparseFloatVector");
    ObjectNode function = function("f", "summary", "terms");
    change.accept(function);
    schema.putArray("functions").add(function);
    refused("collections/create", body, 1100, words);
  }

  private void refused(String path, ObjectNode body, int code, String words) throws Exception {
    JsonNode answer = client.call(path, body);
    assertThat(answer.get("code").asInt()).as(answer.toString()).isEqualTo(code);
    assertThat(answer.get("message").asText()).contains(words);
  }
}

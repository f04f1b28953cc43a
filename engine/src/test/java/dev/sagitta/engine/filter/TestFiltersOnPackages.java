package dev.sagitta.engine.filter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Realistic filters on 3,000 Debian packages. Each row is there three times: as fields, as a JSON
 * document, and in the dynamic field; the same filter must find the same rows in all three.
 */
class TestFiltersOnPackages {
  private static Table packages;
  private static final List<JsonNode> DOCUMENTS = new ArrayList<>();

  @BeforeAll
  static void readPackages() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    List<Map<String, Object>> rows = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(
                    TestFiltersOnPackages.class.getResourceAsStream("/packages-3000.jsonl.gz")),
                UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode document = mapper.readTree(line);
        DOCUMENTS.add(document);
        rows.add(row(document, line));
      }
    }
    packages = Table.of(schema(), rows);
  }

  private static Map<String, Object> row(JsonNode document, String line) {
    Map<String, Object> row = new HashMap<>();
    for (String name : List.of("id", "installed_kib", "size_bytes")) {
      row.put(name, document.get(name).longValue());
    }
    for (String name : List.of("name", "section", "priority", "summary", "description")) {
      row.put(name, document.get(name).textValue());
    }
    List<String> tags = new ArrayList<>();
    document.get("tags").forEach(tag -> tags.add(tag.textValue()));
    row.put("tags", tags);
    row.put("package", line);
    // The dynamic keys need other names than the fields.
    String dynamic = line;
    for (String name : List.of("name", "section", "installed_kib", "size_bytes", "tags")) {
      dynamic = dynamic.replace('"' + name + "\": ", "\"the_" + name + "\": ");
    }
    row.put(FieldSchema.DYNAMIC_FIELD_NAME, dynamic);
    return row;
  }

  private static CollectionSchema schema() {
    List<FieldSchema> fields = new ArrayList<>();
    fields.add(FieldSchema.of(100, "id", DataType.INT64).asPrimaryKey(false));
    fields.add(FieldSchema.of(101, "installed_kib", DataType.INT64));
    fields.add(FieldSchema.of(102, "size_bytes", DataType.INT64));
    fields.add(FieldSchema.of(103, "name", DataType.VARCHAR));
    fields.add(FieldSchema.of(104, "section", DataType.VARCHAR));
    fields.add(FieldSchema.of(105, "priority", DataType.VARCHAR));
    fields.add(FieldSchema.of(106, "summary", DataType.VARCHAR));
    fields.add(FieldSchema.of(107, "description", DataType.VARCHAR));
    fields.add(FieldSchema.of(108, "tags", DataType.INT8).withElementType(DataType.VARCHAR));
    fields.add(FieldSchema.of(109, "package", DataType.JSON));
    fields.add(
        FieldSchema.of(110, FieldSchema.DYNAMIC_FIELD_NAME, DataType.JSON)
            .asNullable()
            .asDynamic());
    return new CollectionSchema("packages", "", fields, true);
  }

  @Test
  void findsBySection() {
    same(
        row -> row.get("section").textValue().equals("libs"),
        "section == 'libs'",
        "package['section'] == 'libs'",
        "the_section == \"libs\"",
        "section in ['libs']",
        "not (section != 'libs')");
  }

  @Test
  void findsBySize() {
    same(
        row -> row.get("installed_kib").longValue() > 10_000,
        "installed_kib > 10000",
        "package['installed_kib'] > 10000",
        "the_installed_kib > 9999.5 and the_installed_kib != 10000",
        "not (installed_kib <= 10000)",
        "installed_kib / 10000 >= 1 and installed_kib != 10000");
  }

  @Test
  void findsByRange() {
    same(
        row -> {
          long bytes = row.get("size_bytes").longValue();
          return bytes >= 10_000 && bytes < 20_000;
        },
        "10000 <= size_bytes < 20000",
        "size_bytes >= 10000 and size_bytes < 20000",
        "10000 <= package['size_bytes'] < 20000",
        "20000 > the_size_bytes >= 10000",
        "size_bytes / 10000 == 1");
  }

  @Test
  void findsByTag() {
    same(
        row -> tags(row).contains("role::program"),
        "array_contains(tags, 'role::program')",
        "json_contains(package['tags'], 'role::program')",
        "array_contains_any(tags, ['role::program', 'no such tag'])",
        "json_contains_all(the_tags, ['role::program'])");
    same(
        row -> tags(row).containsAll(Set.of("devel::library", "role::devel-lib")),
        "array_contains_all(tags, ['devel::library', 'role::devel-lib'])",
        "json_contains_all(package['tags'], ['devel::library', 'role::devel-lib'])",
        "array_contains(tags, 'devel::library') and json_contains(the_tags, 'role::devel-lib')");
    same(
        row -> tags(row).size() >= 5,
        "array_length(tags) >= 5",
        "array_length(package['tags']) > 4",
        "exists package['tags'][4]",
        "the_tags[4] is not null",
        "tags[4] != 'no such tag'");
    same(
        row -> !tags(row).isEmpty() && tags(row).get(0).startsWith("devel::"),
        "tags[0] like 'devel::%'",
        "package['tags'][0] like 'devel::%'",
        "starts_with(tags[0], 'devel::')");
  }

  @Test
  void findsByText() {
    same(
        row -> row.get("name").textValue().startsWith("lib"),
        "name like 'lib%'",
        "name >= 'lib' and name < 'lic'",
        "the_name like 'lib%'",
        "starts_with(name, 'lib')");
    same(
        row -> row.get("name").textValue().endsWith("-dev"),
        "name like '%-dev'",
        "package['name'] like '%-dev'");
    same(
        row -> row.get("description").textValue().contains("data"),
        "description like '%data%'",
        "package['description'] like '%data%'");
    same(
        row -> row.get("summary").textValue().matches("(?s).*for.*P.*"),
        "summary like '%for%P%'",
        "$meta['summary'] like '%for%P%'");
    same(
        row -> row.get("name").textValue().matches("lib......-perl"),
        "name like 'lib______-perl'",
        "name LIKE 'lib______%' and the_name like '_________-perl'");
  }

  @Test
  void findsByManyKeys() {
    List<Object> keys = new ArrayList<>();
    for (long key = 1; key < 20_000; key += 2) {
      keys.add(key);
    }
    Predicate<JsonNode> odd = row -> row.get("id").longValue() % 2 == 1;
    same(odd, "id % 2 == 1", "package['id'] % 2 == 1", "id in " + keys);
    assertThat(packages.select("id in {keys}", Map.of("keys", keys))).isEqualTo(expected(odd));
    assertThat(packages.select("package['id'] in {keys}", Map.of("keys", keys)))
        .isEqualTo(expected(odd));
  }

  @Test
  void findsByCombination() {
    same(
        row ->
            (Set.of("python", "perl").contains(row.get("section").textValue())
                    || tags(row).contains("implemented-in::c"))
                && row.get("size_bytes").longValue() < 100_000
                && !row.get("priority").textValue().equals("extra"),
        "(section in ['python', 'perl'] or array_contains(tags, 'implemented-in::c'))"
            + " and size_bytes < 100000 and priority != 'extra'",
        "not ((the_section not in ['python', 'perl'] &&"
            + " !json_contains(the_tags, 'implemented-in::c')) || size_bytes >= 100000"
            + " || package['priority'] == 'extra')");
  }

  private static List<String> tags(JsonNode row) {
    List<String> tags = new ArrayList<>();
    row.get("tags").forEach(tag -> tags.add(tag.textValue()));
    return tags;
  }

  private static List<Integer> expected(Predicate<JsonNode> predicate) {
    List<Integer> rows = new ArrayList<>();
    for (int row = 0; row < DOCUMENTS.size(); row++) {
      if (predicate.test(DOCUMENTS.get(row))) {
        rows.add(row);
      }
    }
    assertThat(rows).as("rows that the predicate in Java finds").isNotEmpty();
    return rows;
  }

  private static void same(Predicate<JsonNode> predicate, String... filters) {
    List<Integer> expected = expected(predicate);
    for (String filter : filters) {
      assertThat(packages.select(filter)).as(filter).isEqualTo(expected);
    }
  }
}

package dev.sagitta.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.filter.FilterCompiler;
import dev.sagitta.engine.index.VectorIndexTypes;
import dev.sagitta.engine.scalarindex.ScalarIndexTypes;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.schema.FunctionType;
import dev.sagitta.engine.schema.StructSchema;
import dev.sagitta.rest.openapi.OpenApiDocument;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/compatibility.md} says what the code does. */
final class TestCompatibilityTable {
  private static final Pattern ROW =
      Pattern.compile("\\| `([^`]+)` \\|(?: `([^`]+)` \\|)? (yes|partly|no) \\|.*");

  private final List<String> lines = lines();

  private record Entry(String first, String second, boolean works) {}

  private static List<String> lines() {
    try {
      return Files.readAllLines(Path.of("../docs/compatibility.md"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<Entry> section(String title) {
    int start = lines.indexOf("## " + title);
    assertThat(start).as(title).isNotNegative();
    List<Entry> entries = new ArrayList<>();
    for (String line : lines.subList(start + 1, lines.size())) {
      if (line.startsWith("## ")) {
        break;
      }
      Matcher matcher = ROW.matcher(line);
      if (matcher.matches()) {
        String second = matcher.group(2) == null ? "" : matcher.group(2);
        entries.add(new Entry(matcher.group(1), second, !matcher.group(3).equals("no")));
      } else {
        assertThat(line).as("a row of %s that is none", title).doesNotStartWith("| `");
      }
    }
    assertThat(entries).as(title).isNotEmpty();
    return entries;
  }

  private void assertWorking(String title, Set<String> known) {
    List<Entry> entries = section(title);
    assertThat(entries.stream().filter(Entry::works).map(Entry::first))
        .containsExactlyInAnyOrderElementsOf(known);
    assertThat(entries.stream().filter(entry -> !entry.works()).map(Entry::first))
        .doesNotContainAnyElementsOf(known);
  }

  @Test
  void testEndpoints() {
    assertWorking("Endpoints", Routes.all().stream().map(Route::path).collect(Collectors.toSet()));
  }

  @Test
  void testFieldTypes() {
    Stream<String> ofStructs = Stream.of(StructSchema.TYPE_NAME, StructSchema.ELEMENT_TYPE_NAME);
    assertWorking(
        "Field types",
        Stream.concat(Arrays.stream(DataType.values()).map(DataType::milvusName), ofStructs)
            .collect(Collectors.toSet()));
  }

  @Test
  void testVectorIndexes() {
    assertWorking("Vector indexes", VectorIndexTypes.names());
  }

  @Test
  void testScalarIndexes() {
    assertWorking("Scalar indexes", ScalarIndexTypes.names());
  }

  @Test
  void testFunctions() {
    assertWorking(
        "Functions",
        Arrays.stream(FunctionType.values())
            .map(FunctionType::milvusName)
            .collect(Collectors.toSet()));
  }

  @Test
  void testParameters() throws IOException {
    OpenAPI document =
        new OpenAPIV3Parser().readContents(new String(OpenApiDocument.yaml(), UTF_8)).getOpenAPI();
    for (Entry entry : section("Parameters")) {
      Schema<?> schema =
          document
              .getPaths()
              .get(RestDispatcher.BASE_PATH + entry.first())
              .getPost()
              .getRequestBody()
              .getContent()
              .get("application/json")
              .getSchema();
      Set<String> known = schema.getProperties().keySet();
      assertThat(known.contains(entry.second())).as("%s", entry).isEqualTo(entry.works());
    }
  }

  @Test
  void testFilters() {
    CollectionSchema schema = schemaOfFilters();
    for (Entry entry : section("Filters")) {
      boolean compiles = true;
      String why = "";
      try {
        FilterCompiler.compile(entry.first(), Map.of(), ZoneOffset.UTC, schema);
      } catch (SagittaException e) {
        compiles = false;
        why = e.getMessage();
      }
      assertThat(compiles).as("%s %s", entry, why).isEqualTo(entry.works());
    }
  }

  private static CollectionSchema schemaOfFilters() {
    Map<String, String> text =
        Map.of("max_length", "100", "enable_analyzer", "true", "enable_match", "true");
    return new CollectionSchema(
        "every_type",
        "",
        List.of(
            field(100, "i64", DataType.INT64, true, Map.of()),
            field(101, "text", DataType.VARCHAR, false, text),
            field(102, "json", DataType.JSON, false, Map.of()),
            field(103, "array", DataType.ARRAY, false, Map.of("max_capacity", "8")),
            field(104, "time", DataType.TIMESTAMPTZ, false, Map.of()),
            field(105, "geometry", DataType.GEOMETRY, false, Map.of()),
            field(107, "clips[page]", DataType.ARRAY, false, Map.of("max_capacity", "8")),
            field(106, "vector", DataType.FLOAT_VECTOR, false, Map.of("dim", "4"))),
        false,
        List.of(),
        List.of(new StructSchema(108, "clips", "", Map.of("max_capacity", "8"))));
  }

  private static FieldSchema field(
      long id, String name, DataType type, boolean key, Map<String, String> parameters) {
    return new FieldSchema(
        id,
        name,
        type,
        type == DataType.ARRAY ? Optional.of(DataType.INT64) : Optional.empty(),
        "",
        key,
        false,
        false,
        false,
        type == DataType.VARCHAR || type.isVector(),
        Optional.empty(),
        false,
        parameters);
  }
}

package dev.sagitta.rest.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sagitta.rest.RestDispatcher;
import dev.sagitta.rest.Route;
import dev.sagitta.rest.Routes;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Black-box tests send the examples to a real server; this is what needs none. */
final class TestOpenApiDocument {
  /** Other spellings of a path, described once. */
  private static final Set<String> SECOND_NAMES =
      Set.of("/entities/advanced_search", "/databases/alter_properties");

  private final OpenAPI document = parsed();

  private static OpenAPI parsed() {
    try {
      String text = new String(OpenApiDocument.yaml(), UTF_8);
      SwaggerParseResult result = new OpenAPIV3Parser().readContents(text);
      assertThat(result.getMessages()).isEmpty();
      return result.getOpenAPI();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void testEveryPathIsDescribed() {
    List<String> routes =
        Routes.all().stream()
            .map(Route::path)
            .filter(path -> !SECOND_NAMES.contains(path))
            .map(path -> RestDispatcher.BASE_PATH + path)
            .toList();
    assertThat(document.getPaths().keySet()).containsExactlyInAnyOrderElementsOf(routes);
  }

  @Test
  void testExamplesHaveWhatIsRequiredAndNothingUnknown() {
    for (Map.Entry<String, PathItem> path : document.getPaths().entrySet()) {
      MediaType body =
          path.getValue().getPost().getRequestBody().getContent().get("application/json");
      Schema<?> schema = body.getSchema();
      JsonNode example = (JsonNode) body.getExample();
      assertThat(example).as(path.getKey()).isNotNull();
      List<String> keys = example.propertyStream().map(Map.Entry::getKey).toList();
      assertThat(schema.getProperties().keySet()).as(path.getKey()).containsAll(keys);
      if (schema.getRequired() != null) {
        assertThat(keys).as(path.getKey()).containsAll(schema.getRequired());
      }
    }
  }
}

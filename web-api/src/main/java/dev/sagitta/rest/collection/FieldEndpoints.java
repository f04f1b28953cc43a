package dev.sagitta.rest.collection;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.CollectionTimeZone;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.rest.Answers;
import dev.sagitta.rest.RequestContext;
import dev.sagitta.rest.Route;
import dev.sagitta.rest.json.JsonErrors;
import dev.sagitta.rest.json.RequestBody;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The paths of fields of collections that are there. */
public final class FieldEndpoints {
  private FieldEndpoints() {}

  public static List<Route> routes() {
    return List.of(
        Route.of("/collections/fields/add", "AddCollectionField", FieldEndpoints::add),
        Route.of(
            "/collections/fields/alter_properties",
            "AlterCollectionField",
            FieldEndpoints::alterProperties));
  }

  private static void add(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    CollectionDescriptor collection = context.collection(body);
    JsonNode schema =
        body.value("schema")
            .filter(node -> !node.isNull() && !node.isEmpty())
            .orElseThrow(() -> JsonErrors.missing("schema"));
    FieldSchema field =
        TimestampDefaults.resolve(
            SchemaParser.parseField(schema), CollectionTimeZone.of(collection));
    context
        .services()
        .rootCoordinator()
        .addField(context.databaseName(), collection.name(), field, context.deadline());
    Answers.done(out);
  }

  private static void alterProperties(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    String collection = body.requiredText("collectionName");
    String field = body.requiredText("fieldName");
    Map<String, JsonNode> parameters = body.members("fieldParams");
    if (parameters.isEmpty()) {
      throw JsonErrors.missing("fieldParams");
    }
    context
        .services()
        .rootCoordinator()
        .alterField(
            context.databaseName(),
            collection,
            field,
            RequestBody.parameterTexts(parameters),
            context.deadline());
    Answers.done(out);
  }
}

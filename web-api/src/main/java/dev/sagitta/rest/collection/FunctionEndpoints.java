package dev.sagitta.rest.collection;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.FunctionChanges;
import dev.sagitta.engine.schema.FunctionSchema;
import dev.sagitta.rest.Answers;
import dev.sagitta.rest.RequestContext;
import dev.sagitta.rest.Route;
import dev.sagitta.rest.json.JsonErrors;
import dev.sagitta.rest.json.RequestBody;
import java.io.IOException;
import java.util.List;

/** The paths of functions of collections that are there. */
public final class FunctionEndpoints {
  private static final String NAME = "functionName";

  private FunctionEndpoints() {}

  public static List<Route> routes() {
    return List.of(
        Route.of("/collections/add_function", "AddCollectionFunction", FunctionEndpoints::add),
        Route.of(
            "/collections/alter_function", "AlterCollectionFunction", FunctionEndpoints::alter),
        Route.of("/collections/drop_function", "DropCollectionFunction", FunctionEndpoints::drop));
  }

  private static void add(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    CollectionDescriptor collection = context.collection(body);
    FunctionSchema function = function(body);
    checkComputable(context, FunctionChanges.added(collection.schema(), function), function);
    context
        .services()
        .rootCoordinator()
        .addFunction(context.databaseName(), collection.name(), function, context.deadline());
    Answers.done(out);
  }

  private static void alter(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    CollectionDescriptor collection = context.collection(body);
    String name = body.requiredText(NAME);
    FunctionSchema function = function(body);
    checkComputable(
        context, FunctionChanges.altered(collection.schema(), name, function), function);
    context
        .services()
        .rootCoordinator()
        .alterFunction(
            context.databaseName(), collection.name(), name, function, context.deadline());
    Answers.done(out);
  }

  /** Milvus writes the name's key with a capital letter, and reads it without regard to case. */
  private static void drop(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    CollectionDescriptor collection = context.collection(body);
    String name = body.text("FunctionName").orElseGet(() -> body.requiredText(NAME));
    context
        .services()
        .rootCoordinator()
        .dropFunction(context.databaseName(), collection.name(), name, context.deadline());
    Answers.done(out);
  }

  private static FunctionSchema function(RequestBody body) {
    JsonNode node =
        body.value("function")
            .filter(value -> !value.isNull() && !value.isEmpty())
            .orElseThrow(() -> JsonErrors.missing("function"));
    return FunctionsParser.parseOne("function", node);
  }

  /** Only the one that comes: others may depend on services that are not there just now. */
  private static void checkComputable(
      RequestContext context, CollectionSchema schema, FunctionSchema function) {
    List<FunctionSchema> coming =
        schema.functions().stream().filter(each -> each.name().equals(function.name())).toList();
    context.services().functions().check(schema.withFunctions(coming), context.deadline());
  }
}

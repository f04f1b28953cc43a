package dev.sagitta.rest.alias;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sagitta.engine.catalog.AliasDescriptor;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.NameRules;
import dev.sagitta.rest.Answers;
import dev.sagitta.rest.RequestContext;
import dev.sagitta.rest.Route;
import dev.sagitta.rest.json.RequestBody;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** The aliases' paths. */
public final class AliasEndpoints {
  private AliasEndpoints() {}

  public static List<Route> routes() {
    return List.of(
        Route.of("/aliases/list", "ListAliases", AliasEndpoints::list),
        Route.of("/aliases/describe", "DescribeAlias", AliasEndpoints::describe),
        Route.of("/aliases/create", "CreateAlias", AliasEndpoints::create),
        Route.of("/aliases/alter", "AlterAlias", AliasEndpoints::alter),
        Route.of("/aliases/drop", "DropAlias", AliasEndpoints::drop));
  }

  private static void list(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    long databaseId = context.database().id();
    Stream<AliasDescriptor> aliases =
        context.snapshot().aliases().stream().filter(alias -> alias.databaseId() == databaseId);
    if (body.text("collectionName").filter(name -> !name.isEmpty()).isPresent()) {
      long collectionId = context.collection(body).id();
      aliases = aliases.filter(alias -> alias.collectionId() == collectionId);
    }
    Answers.names(out, aliases.map(AliasDescriptor::alias).sorted().toList());
  }

  private static void describe(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    String name = body.requiredText("aliasName");
    AliasDescriptor alias =
        context
            .snapshot()
            .alias(context.database().id(), name)
            .orElseThrow(
                () ->
                    new SagittaException(
                        ErrorCode.ALIAS_NOT_FOUND,
                        "alias not found[database="
                            + context.databaseName()
                            + "][alias="
                            + name
                            + "]"));
    String collection =
        context
            .snapshot()
            .collection(alias.collectionId())
            .map(CollectionDescriptor::name)
            .orElse("");
    out.writeObjectFieldStart("data");
    out.writeStringField("dbName", context.databaseName());
    out.writeStringField("collectionName", collection);
    out.writeStringField("aliasName", name);
    out.writeEndObject();
  }

  private static void create(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    String collection = body.requiredText("collectionName");
    String alias = body.requiredText("aliasName");
    NameRules.checkAlias(alias, context.services().settings().maximumNameLength());
    context
        .services()
        .rootCoordinator()
        .createAlias(context.databaseName(), collection, alias, context.deadline());
    Answers.done(out);
  }

  private static void alter(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    String collection = body.requiredText("collectionName");
    String alias = body.requiredText("aliasName");
    NameRules.checkAlias(alias, context.services().settings().maximumNameLength());
    context
        .services()
        .rootCoordinator()
        .alterAlias(context.databaseName(), collection, alias, context.deadline());
    Answers.done(out);
  }

  private static void drop(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    String alias = body.requiredText("aliasName");
    context
        .services()
        .rootCoordinator()
        .dropAlias(context.databaseName(), alias, context.deadline());
    Answers.done(out);
  }
}

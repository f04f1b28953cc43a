package dev.sagitta.rest.database;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sagitta.engine.catalog.CollectionTimeZone;
import dev.sagitta.engine.catalog.DatabaseDescriptor;
import dev.sagitta.engine.schema.NameRules;
import dev.sagitta.rest.Answers;
import dev.sagitta.rest.PropertyChange;
import dev.sagitta.rest.RequestContext;
import dev.sagitta.rest.Route;
import dev.sagitta.rest.json.RequestBody;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The databases' paths. */
public final class DatabaseEndpoints {
  private DatabaseEndpoints() {}

  public static List<Route> routes() {
    return List.of(
        Route.of("/databases/create", "CreateDatabase", DatabaseEndpoints::create),
        Route.of("/databases/drop", "DropDatabase", DatabaseEndpoints::drop),
        Route.of("/databases/alter", "AlterDatabase", DatabaseEndpoints::alterProperties),
        Route.of(
            "/databases/alter_properties", "AlterDatabase", DatabaseEndpoints::alterProperties),
        Route.of("/databases/drop_properties", "AlterDatabase", DatabaseEndpoints::dropProperties),
        Route.of("/databases/list", "ListDatabases", DatabaseEndpoints::list),
        Route.of("/databases/describe", "DescribeDatabase", DatabaseEndpoints::describe));
  }

  private static void create(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    String name = body.requiredText("dbName");
    NameRules.checkDatabaseName(name, context.services().settings().maximumNameLength());
    Map<String, String> properties = RequestBody.parameterTexts(body.members("properties"));
    CollectionTimeZone.check(properties);
    context.services().rootCoordinator().createDatabase(name, properties, context.deadline());
    Answers.done(out);
  }

  private static void drop(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    String name = body.requiredText("dbName");
    context.services().rootCoordinator().dropDatabase(name, context.deadline());
    Answers.done(out);
  }

  private static void alterProperties(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    String name = body.requiredText("dbName");
    alter(context, name, PropertyChange.setting(body));
    Answers.done(out);
  }

  private static void dropProperties(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    String name = body.requiredText("dbName");
    alter(context, name, PropertyChange.removing(body));
    Answers.done(out);
  }

  private static void alter(RequestContext context, String name, PropertyChange change) {
    context
        .services()
        .rootCoordinator()
        .alterDatabaseProperties(name, change.set(), change.removed(), context.deadline());
  }

  private static void list(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    Answers.names(
        out,
        context.snapshot().databases().values().stream()
            .map(DatabaseDescriptor::name)
            .sorted()
            .toList());
  }

  private static void describe(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    DatabaseDescriptor database = context.database(body.requiredText("dbName"));
    out.writeObjectFieldStart("data");
    out.writeStringField("dbName", database.name());
    out.writeNumberField("dbID", database.id());
    out.writeFieldName("properties");
    Answers.keyValues(out, database.properties());
    out.writeEndObject();
  }
}

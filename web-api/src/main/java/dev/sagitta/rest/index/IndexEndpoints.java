package dev.sagitta.rest.index;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sagitta.coordinator.root.RootCoordinator.IndexCreation;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.IndexDescriptor;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.scalarindex.json.JsonIndexParameters;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.schema.NameRules;
import dev.sagitta.rest.Answers;
import dev.sagitta.rest.PropertyChange;
import dev.sagitta.rest.RequestContext;
import dev.sagitta.rest.Route;
import dev.sagitta.rest.json.RequestBody;
import java.io.IOException;
import java.util.List;

/** The indexes' paths. */
public final class IndexEndpoints {
  private IndexEndpoints() {}

  public static List<Route> routes() {
    return List.of(
        Route.of("/indexes/create", "CreateIndex", IndexEndpoints::create),
        Route.of("/indexes/list", "ListIndexes", IndexEndpoints::list),
        Route.of("/indexes/describe", "DescribeIndex", new IndexDetails()),
        Route.of("/indexes/drop", "DropIndex", IndexEndpoints::drop),
        Route.of("/indexes/alter_properties", "AlterIndex", IndexEndpoints::alterProperties),
        Route.of("/indexes/drop_properties", "AlterIndex", IndexEndpoints::dropProperties));
  }

  private static void create(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    CollectionDescriptor collection = context.collection(body);
    String name = body.requiredText("collectionName");
    int maximumLength = context.services().settings().maximumNameLength();
    List<IndexCreation> indexes = IndexParameters.parse(body, context.databaseName(), name, true);
    for (IndexCreation index : indexes) {
      check(collection, index, maximumLength);
    }
    for (IndexCreation index : indexes) {
      context.services().rootCoordinator().createIndex(index, context.deadline());
    }
    Answers.done(out);
  }

  private static void check(
      CollectionDescriptor collection, IndexCreation index, int maximumLength) {
    FieldSchema field =
        JsonIndexParameters.indexedField(collection.schema(), index.fieldName(), index.parameters())
            .orElseThrow(
                () ->
                    SagittaException.invalidParameter(
                        "cannot create index on non-exist field: " + index.fieldName()));
    index.indexName().ifPresent(name -> NameRules.checkIndexName(name, maximumLength));
    IndexChecks.check(collection.schema(), field, index);
  }

  private static void list(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    CollectionDescriptor collection = context.collection(body);
    Answers.names(out, collection.chosenIndexes().stream().map(IndexDescriptor::name).toList());
  }

  private static void drop(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    String collection = body.requiredText("collectionName");
    String index = body.requiredText("indexName");
    context
        .services()
        .rootCoordinator()
        .dropIndex(context.databaseName(), collection, index, context.deadline());
    Answers.done(out);
  }

  private static void alterProperties(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    alter(context, body, PropertyChange.setting(body));
    Answers.done(out);
  }

  private static void dropProperties(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    alter(context, body, PropertyChange.removing(body));
    Answers.done(out);
  }

  private static void alter(RequestContext context, RequestBody body, PropertyChange change) {
    String collection = body.requiredText("collectionName");
    String index = body.requiredText("indexName");
    context
        .services()
        .rootCoordinator()
        .alterIndexProperties(
            context.databaseName(),
            collection,
            index,
            change.set(),
            change.removed(),
            context.deadline());
  }
}

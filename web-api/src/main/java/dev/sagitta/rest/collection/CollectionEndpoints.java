package dev.sagitta.rest.collection;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.CollectionTimeZone;
import dev.sagitta.engine.catalog.SegmentDescriptor;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.NameRules;
import dev.sagitta.rest.Answers;
import dev.sagitta.rest.PropertyChange;
import dev.sagitta.rest.RequestContext;
import dev.sagitta.rest.Route;
import dev.sagitta.rest.json.RequestBody;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The collections' paths. */
public final class CollectionEndpoints {
  private CollectionEndpoints() {}

  public static List<Route> routes() {
    return List.of(
        Route.of("/collections/create", "CreateCollection", new CreateCollection()),
        Route.of("/collections/describe", "DescribeCollection", new CollectionDetails()),
        Route.of("/collections/list", "ShowCollections", CollectionEndpoints::list),
        Route.of("/collections/has", "HasCollection", CollectionEndpoints::has),
        Route.of(
            "/collections/get_stats", "GetCollectionStatistics", CollectionEndpoints::statistics),
        Route.of("/collections/get_load_state", "GetLoadState", CollectionEndpoints::loadState),
        Route.of("/collections/drop", "DropCollection", CollectionEndpoints::drop),
        Route.of("/collections/truncate", "TruncateCollection", CollectionEndpoints::truncate),
        Route.of("/collections/rename", "RenameCollection", CollectionEndpoints::rename),
        Route.of("/collections/load", "LoadCollection", CollectionEndpoints::load),
        Route.of("/collections/refresh_load", "RefreshLoad", CollectionEndpoints::refreshLoad),
        Route.of("/collections/release", "ReleaseCollection", CollectionEndpoints::release),
        Route.of("/collections/flush", "Flush", CollectionEndpoints::flush),
        Route.of(
            "/collections/alter_properties",
            "AlterCollection",
            CollectionEndpoints::alterProperties),
        Route.of(
            "/collections/drop_properties",
            "AlterCollection",
            CollectionEndpoints::dropProperties));
  }

  private static void list(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    long databaseId = context.database().id();
    Answers.names(
        out,
        context.snapshot().collections().values().stream()
            .filter(collection -> collection.databaseId() == databaseId)
            .map(CollectionDescriptor::name)
            .sorted()
            .toList());
  }

  private static void has(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    String name = body.requiredText("collectionName");
    Answers.has(out, context.snapshot().collection(context.database().id(), name).isPresent());
  }

  private static void statistics(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    CollectionDescriptor collection = context.collection(body);
    long rows = 0;
    for (SegmentDescriptor segment : context.snapshot().segmentsOf(collection.id()).values()) {
      rows += segment.rowsAfter(collection.truncatedTimestamp());
    }
    Answers.rowCount(out, rows);
  }

  private static void loadState(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    CollectionDescriptor collection = context.collection(body);
    LoadState state = LoadState.of(context, collection, body.texts("partitionNames"));
    out.writeObjectFieldStart("data");
    out.writeStringField("loadState", state.milvusName());
    if (state.isWanted()) {
      out.writeNumberField("loadProgress", state.progress());
    }
    out.writeEndObject();
    out.writeStringField("message", "");
  }

  private static void drop(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    String name = body.requiredText("collectionName");
    context
        .services()
        .rootCoordinator()
        .dropCollection(context.databaseName(), name, context.deadline());
    Answers.done(out);
  }

  private static void rename(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    String name = body.requiredText("collectionName");
    String newName = body.requiredText("newCollectionName");
    NameRules.checkCollectionName(newName, context.services().settings().maximumNameLength());
    Optional<String> newDatabase = body.text("newDbName").filter(text -> !text.isEmpty());
    context
        .services()
        .rootCoordinator()
        .renameCollection(context.databaseName(), name, newName, newDatabase, context.deadline());
    Answers.done(out);
  }

  private static void load(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    String name = body.requiredText("collectionName");
    context
        .services()
        .rootCoordinator()
        .load(context.databaseName(), name, List.of(), context.deadline());
    Answers.done(out);
  }

  /** Loads nothing: what is loaded follows the catalog by itself. Code 101 if it is not loaded. */
  private static void refreshLoad(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    CollectionDescriptor collection = context.collection(body);
    if (!collection.loaded() && collection.loadedPartitions().isEmpty()) {
      throw new SagittaException(
          ErrorCode.COLLECTION_NOT_LOADED,
          "collection not loaded[collection=" + collection.name() + "]");
    }
    Answers.done(out);
  }

  private static void truncate(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    CollectionDescriptor collection = context.collection(body);
    context
        .services()
        .rootCoordinator()
        .truncateCollection(context.databaseName(), collection.name(), context.deadline());
    Answers.done(out);
  }

  private static void release(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    String name = body.requiredText("collectionName");
    context
        .services()
        .rootCoordinator()
        .release(context.databaseName(), name, List.of(), context.deadline());
    Answers.done(out);
  }

  private static void flush(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    CollectionDescriptor collection = context.collection(body);
    context.services().router().flush(collection.vchannels(), context.deadline());
    Answers.done(out);
  }

  private static void alterProperties(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    String name = body.requiredText("collectionName");
    PropertyChange change = PropertyChange.setting(body);
    CollectionTimeZone.check(change.set());
    alter(context, name, change);
    Answers.done(out);
  }

  private static void dropProperties(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    String name = body.requiredText("collectionName");
    alter(context, name, PropertyChange.removing(body));
    Answers.done(out);
  }

  private static void alter(RequestContext context, String name, PropertyChange change) {
    context
        .services()
        .rootCoordinator()
        .alterCollectionProperties(
            context.databaseName(), name, change.set(), change.removed(), context.deadline());
  }
}

package dev.sagitta.rest.partition;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sagitta.coordinator.root.Names;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.PartitionDescriptor;
import dev.sagitta.engine.catalog.SegmentDescriptor;
import dev.sagitta.engine.schema.NameRules;
import dev.sagitta.rest.Answers;
import dev.sagitta.rest.RequestContext;
import dev.sagitta.rest.Route;
import dev.sagitta.rest.json.JsonErrors;
import dev.sagitta.rest.json.RequestBody;
import java.io.IOException;
import java.util.List;

/** The partitions' paths. */
public final class PartitionEndpoints {
  private PartitionEndpoints() {}

  public static List<Route> routes() {
    return List.of(
        Route.of("/partitions/list", "ShowPartitions", PartitionEndpoints::list),
        Route.of("/partitions/has", "HasPartition", PartitionEndpoints::has),
        Route.of("/partitions/get_stats", "GetPartitionStatistics", PartitionEndpoints::statistics),
        Route.of("/partitions/create", "CreatePartition", PartitionEndpoints::create),
        Route.of("/partitions/drop", "DropPartition", PartitionEndpoints::drop),
        Route.of("/partitions/load", "LoadPartitions", PartitionEndpoints::load),
        Route.of("/partitions/release", "ReleasePartitions", PartitionEndpoints::release));
  }

  private static void list(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    CollectionDescriptor collection = context.collection(body);
    Answers.names(out, collection.partitions().stream().map(PartitionDescriptor::name).toList());
  }

  private static void has(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    CollectionDescriptor collection = context.collection(body);
    Answers.has(out, collection.partition(body.requiredText("partitionName")).isPresent());
  }

  private static void statistics(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    CollectionDescriptor collection = context.collection(body);
    PartitionDescriptor partition = Names.partition(collection, body.requiredText("partitionName"));
    long rows = 0;
    for (SegmentDescriptor segment : context.snapshot().segmentsOf(collection.id()).values()) {
      rows +=
          segment.partitionId() == partition.id()
              ? segment.rowsAfter(collection.truncatedTimestamp())
              : 0;
    }
    Answers.rowCount(out, rows);
  }

  private static void create(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    String collection = body.requiredText("collectionName");
    String partition = body.requiredText("partitionName");
    NameRules.checkPartitionName(partition, context.services().settings().maximumNameLength());
    context
        .services()
        .rootCoordinator()
        .createPartition(context.databaseName(), collection, partition, context.deadline());
    Answers.done(out);
  }

  private static void drop(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    String collection = body.requiredText("collectionName");
    String partition = body.requiredText("partitionName");
    context
        .services()
        .rootCoordinator()
        .dropPartition(context.databaseName(), collection, partition, context.deadline());
    Answers.done(out);
  }

  private static void load(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    String collection = body.requiredText("collectionName");
    context
        .services()
        .rootCoordinator()
        .load(context.databaseName(), collection, requiredNames(body), context.deadline());
    Answers.done(out);
  }

  private static void release(RequestContext context, RequestBody body, JsonGenerator out)
      throws IOException {
    String collection = body.requiredText("collectionName");
    context
        .services()
        .rootCoordinator()
        .release(context.databaseName(), collection, requiredNames(body), context.deadline());
    Answers.done(out);
  }

  private static List<String> requiredNames(RequestBody body) {
    List<String> names = body.texts("partitionNames");
    if (names.isEmpty()) {
      throw JsonErrors.missing("partitionNames");
    }
    return names;
  }
}

package dev.sagitta.rest;

import static java.util.Objects.requireNonNull;

import dev.sagitta.coordinator.root.Names;
import dev.sagitta.engine.catalog.CatalogSnapshot;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.DatabaseDescriptor;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.rest.json.RequestBody;

/**
 * What an endpoint knows about its request beside the body.
 *
 * @param snapshot the catalog when the request came; one request sees one catalog
 * @param databaseName database of the request, whether it exists or not
 * @param int64AsNumber whether int64 values are shown as JSON numbers
 */
public record RequestContext(
    RestServices services,
    CatalogSnapshot snapshot,
    String databaseName,
    Deadline deadline,
    boolean int64AsNumber) {
  public RequestContext {
    requireNonNull(services, "services is null");
    requireNonNull(snapshot, "snapshot is null");
    requireNonNull(databaseName, "databaseName is null");
    requireNonNull(deadline, "deadline is null");
  }

  /** The request's database; code 800 if there is none of that name. */
  public DatabaseDescriptor database() {
    return database(databaseName);
  }

  /** The database; code 800 if there is none of that name. */
  public DatabaseDescriptor database(String name) {
    return Names.database(snapshot, name);
  }

  /** The collection that {@code collectionName} names, or an alias of it; code 100 if none. */
  public CollectionDescriptor collection(RequestBody body) {
    String name = body.requiredText("collectionName");
    return snapshot
        .collection(database().id(), name)
        .orElseThrow(
            () ->
                new SagittaException(
                    ErrorCode.COLLECTION_NOT_FOUND,
                    "can't find collection[database="
                        + databaseName
                        + "][collection="
                        + name
                        + "]"));
  }
}

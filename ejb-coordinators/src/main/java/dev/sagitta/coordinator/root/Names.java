package dev.sagitta.coordinator.root;

import dev.sagitta.engine.catalog.CatalogSnapshot;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.DatabaseDescriptor;
import dev.sagitta.engine.catalog.PartitionDescriptor;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.scalarindex.json.JsonIndexParameters;
import dev.sagitta.engine.schema.FieldSchema;
import java.util.Map;

/** From names to what they name, with Milvus's errors for what is not there. */
public final class Names {
  private Names() {}

  /**
   * @throws SagittaException code 800
   */
  public static DatabaseDescriptor database(CatalogSnapshot snapshot, String name) {
    return snapshot
        .database(name)
        .orElseThrow(
            () ->
                new SagittaException(
                    ErrorCode.DATABASE_NOT_FOUND, "database not found[database=" + name + "]"));
  }

  /**
   * The collection of this name or alias.
   *
   * @throws SagittaException code 800 or 100
   */
  public static CollectionDescriptor collection(
      CatalogSnapshot snapshot, String database, String nameOrAlias) {
    long databaseId = database(snapshot, database).id();
    return snapshot
        .collection(databaseId, nameOrAlias)
        .orElseThrow(
            () ->
                new SagittaException(
                    ErrorCode.COLLECTION_NOT_FOUND,
                    "collection not found[database="
                        + database
                        + "][collection="
                        + nameOrAlias
                        + "]"));
  }

  /**
   * @throws SagittaException code 200
   */
  public static PartitionDescriptor partition(CollectionDescriptor collection, String name) {
    return collection
        .partition(name)
        .orElseThrow(
            () ->
                new SagittaException(
                    ErrorCode.PARTITION_NOT_FOUND,
                    "partition not found[partition="
                        + name
                        + "]: partition name "
                        + name
                        + " not found"));
  }

  /**
   * The field of an index, see {@link JsonIndexParameters#indexedField}.
   *
   * @throws SagittaException code 1100
   */
  public static FieldSchema indexedField(
      CollectionDescriptor collection, String name, Map<String, String> parameters) {
    return JsonIndexParameters.indexedField(collection.schema(), name, parameters)
        .orElseThrow(
            () ->
                SagittaException.invalidParameter(
                    "cannot create index on non-exist field: " + name));
  }
}

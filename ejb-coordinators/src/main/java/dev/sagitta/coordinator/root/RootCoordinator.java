package dev.sagitta.coordinator.root;

import dev.sagitta.engine.catalog.ConsistencyLevel;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.schema.FunctionSchema;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.time.Deadline;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Definitions: databases, collections, partitions, aliases, wanted indexes, what is loaded. May be
 * called on any node; it is carried out by the leader. When a call returns, this node's catalog
 * shows the effect. Names are resolved and limits and conflicts are checked here, with Milvus's
 * codes and messages; what is idempotent in Milvus is idempotent here.
 */
public interface RootCoordinator {
  void createDatabase(String name, Map<String, String> properties, Deadline deadline);

  void dropDatabase(String name, Deadline deadline);

  /** Adds or replaces properties of a database; {@code removedKeys} go. */
  void alterDatabaseProperties(
      String name, Map<String, String> properties, Set<String> removedKeys, Deadline deadline);

  /**
   * Creates a collection. Field ids in the schema are ignored and assigned here; the dynamic field
   * is added when enabled. Creating an equal collection again succeeds; a different one fails with
   * 65535, {@code create duplicate collection with different parameters}.
   */
  void createCollection(CollectionCreation creation, Deadline deadline);

  /** Succeeds when absent; refuses aliases with {@code cannot drop the collection via alias}. */
  void dropCollection(String database, String name, Deadline deadline);

  void renameCollection(
      String database,
      String name,
      String newName,
      Optional<String> newDatabase,
      Deadline deadline);

  void alterCollectionProperties(
      String database,
      String collection,
      Map<String, String> properties,
      Set<String> removedKeys,
      Deadline deadline);

  /**
   * Adds a nullable field. Rows that are there, and those of writers that do not know the field
   * yet, answer its default value, or null.
   *
   * @param field its id is ignored and assigned here
   */
  void addField(String database, String collection, FieldSchema field, Deadline deadline);

  /** Changes parameters of a field: its length, its capacity, its description, how it is kept. */
  void alterField(
      String database,
      String collection,
      String field,
      Map<String, String> parameters,
      Deadline deadline);

  /**
   * Adds a function over fields that are there, for rows that are written from then on.
   *
   * @param function its id is ignored and assigned here
   */
  void addFunction(String database, String collection, FunctionSchema function, Deadline deadline);

  /** Gives a function another definition, which has the same name. */
  void alterFunction(
      String database, String collection, String name, FunctionSchema function, Deadline deadline);

  /** Succeeds when absent. Rows must give the function's output field from then on. */
  void dropFunction(String database, String collection, String name, Deadline deadline);

  /**
   * Removes all rows that were written before the call; schema, indexes and what is loaded stay.
   */
  void truncateCollection(String database, String collection, Deadline deadline);

  void createPartition(String database, String collection, String partition, Deadline deadline);

  void dropPartition(String database, String collection, String partition, Deadline deadline);

  void createAlias(String database, String collection, String alias, Deadline deadline);

  void alterAlias(String database, String collection, String alias, Deadline deadline);

  void dropAlias(String database, String alias, Deadline deadline);

  void createIndex(IndexCreation creation, Deadline deadline);

  void dropIndex(String database, String collection, String indexName, Deadline deadline);

  /** Adds or replaces properties of an index; {@code removedKeys} go. What is built stays. */
  void alterIndexProperties(
      String database,
      String collection,
      String indexName,
      Map<String, String> properties,
      Set<String> removedKeys,
      Deadline deadline);

  /**
   * Wants the partitions (all of the collection when empty) served; they are as soon as nodes can.
   */
  void load(String database, String collection, List<String> partitions, Deadline deadline);

  void release(String database, String collection, List<String> partitions, Deadline deadline);

  /**
   * What to create.
   *
   * @param partitionsForKey partitions that rows are spread over by the partition key; empty means
   *     {@value #DEFAULT_PARTITIONS_FOR_KEY} when there is such a key
   */
  record CollectionCreation(
      String database,
      CollectionSchema schema,
      int shards,
      Optional<Integer> partitionsForKey,
      ConsistencyLevel consistencyLevel,
      Map<String, String> properties) {
    /** As in Milvus. */
    public static final int DEFAULT_PARTITIONS_FOR_KEY = 16;

    public CollectionCreation {
      if (partitionsForKey.isEmpty() && schema.partitionKey().isPresent()) {
        partitionsForKey = Optional.of(DEFAULT_PARTITIONS_FOR_KEY);
      }
    }
  }

  /**
   * What to create.
   *
   * @param indexName empty: the field's name
   * @param indexType Milvus's name, or empty for AUTOINDEX
   * @param metric empty: the type's default, allowed for AUTOINDEX only
   */
  record IndexCreation(
      String database,
      String collection,
      String fieldName,
      Optional<String> indexName,
      Optional<String> indexType,
      Optional<MetricType> metric,
      Map<String, String> parameters) {}
}

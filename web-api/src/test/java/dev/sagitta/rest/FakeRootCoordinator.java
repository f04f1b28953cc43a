package dev.sagitta.rest;

import dev.sagitta.coordinator.root.RootCoordinator;
import dev.sagitta.engine.catalog.AliasDescriptor;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.DatabaseDescriptor;
import dev.sagitta.engine.catalog.IndexDescriptor;
import dev.sagitta.engine.catalog.PartitionDescriptor;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.schema.FunctionChanges;
import dev.sagitta.engine.schema.FunctionSchema;
import dev.sagitta.engine.time.Deadline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Carries definitions out on a {@link FakeCatalog} without any of the coordinator's checks. */
final class FakeRootCoordinator implements RootCoordinator {
  private final FakeCatalog catalog;
  private long nextId = 1000;

  FakeRootCoordinator(FakeCatalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public void createDatabase(String name, Map<String, String> properties, Deadline deadline) {
    catalog.put(new DatabaseDescriptor(nextId++, name, 0, properties));
  }

  @Override
  public void dropDatabase(String name, Deadline deadline) {
    throw new UnsupportedOperationException("dropDatabase");
  }

  @Override
  public void createCollection(CollectionCreation creation, Deadline deadline) {
    List<FieldSchema> fields = new ArrayList<>(creation.schema().fields());
    if (creation.schema().dynamicFieldEnabled()) {
      fields.add(
          FieldSchema.of(
                  FieldSchema.FIRST_USER_FIELD_ID + fields.size(),
                  FieldSchema.DYNAMIC_FIELD_NAME,
                  DataType.JSON)
              .asDynamic());
    }
    CollectionSchema schema =
        new CollectionSchema(
            creation.schema().name(),
            creation.schema().description(),
            fields,
            creation.schema().dynamicFieldEnabled(),
            creation.schema().functions(),
            creation.schema().structs());
    long id = nextId++;
    catalog.put(
        new CollectionDescriptor(
            id,
            catalog.current().database(creation.database()).orElseThrow().id(),
            schema.name(),
            schema,
            List.of("channel_" + id + "v0"),
            creation.consistencyLevel(),
            creation.properties(),
            List.of(new PartitionDescriptor(nextId++, PartitionDescriptor.DEFAULT_NAME, 0)),
            List.of(),
            false,
            Set.of(),
            0,
            0));
  }

  @Override
  public void dropCollection(String database, String name, Deadline deadline) {
    find(database, name).ifPresent(collection -> catalog.removeCollection(collection.id()));
  }

  @Override
  public void renameCollection(
      String database,
      String name,
      String newName,
      Optional<String> newDatabase,
      Deadline deadline) {
    CollectionDescriptor old = get(database, name);
    put(old, newName, old.properties(), old.partitions(), old.indexes(), old.loaded());
  }

  @Override
  public void alterCollectionProperties(
      String database,
      String collection,
      Map<String, String> properties,
      Set<String> removedKeys,
      Deadline deadline) {
    CollectionDescriptor old = get(database, collection);
    Map<String, String> changed = new HashMap<>(old.properties());
    changed.putAll(properties);
    changed.keySet().removeAll(removedKeys);
    put(old, old.name(), changed, old.partitions(), old.indexes(), old.loaded());
  }

  @Override
  public void alterDatabaseProperties(
      String name, Map<String, String> properties, Set<String> removedKeys, Deadline deadline) {
    DatabaseDescriptor old = catalog.current().database(name).orElseThrow();
    Map<String, String> changed = new HashMap<>(old.properties());
    changed.putAll(properties);
    changed.keySet().removeAll(removedKeys);
    catalog.put(new DatabaseDescriptor(old.id(), name, 0, changed));
  }

  @Override
  public void addField(String database, String collection, FieldSchema field, Deadline deadline) {
    throw new UnsupportedOperationException("addField");
  }

  @Override
  public void alterField(
      String database,
      String collection,
      String field,
      Map<String, String> parameters,
      Deadline deadline) {
    throw new UnsupportedOperationException("alterField");
  }

  @Override
  public void addFunction(
      String database, String collection, FunctionSchema function, Deadline deadline) {
    throw new UnsupportedOperationException("addFunction");
  }

  @Override
  public void alterFunction(
      String database, String collection, String name, FunctionSchema function, Deadline deadline) {
    throw new UnsupportedOperationException("alterFunction");
  }

  @Override
  public void dropFunction(String database, String collection, String name, Deadline deadline) {
    CollectionSchema schema = get(database, collection).schema();
    if (!FunctionChanges.dropped(schema, name).equals(schema)) {
      throw new UnsupportedOperationException("dropFunction");
    }
  }

  @Override
  public void truncateCollection(String database, String collection, Deadline deadline) {
    throw new UnsupportedOperationException("truncateCollection");
  }

  @Override
  public void alterIndexProperties(
      String database,
      String collection,
      String indexName,
      Map<String, String> properties,
      Set<String> removedKeys,
      Deadline deadline) {
    throw new UnsupportedOperationException("alterIndexProperties");
  }

  @Override
  public void createPartition(
      String database, String collection, String partition, Deadline deadline) {
    CollectionDescriptor old = get(database, collection);
    List<PartitionDescriptor> partitions = new ArrayList<>(old.partitions());
    partitions.add(new PartitionDescriptor(nextId++, partition, 0));
    put(old, old.name(), old.properties(), partitions, old.indexes(), old.loaded());
  }

  @Override
  public void dropPartition(
      String database, String collection, String partition, Deadline deadline) {
    CollectionDescriptor old = get(database, collection);
    List<PartitionDescriptor> partitions =
        old.partitions().stream().filter(entry -> !entry.name().equals(partition)).toList();
    put(old, old.name(), old.properties(), partitions, old.indexes(), old.loaded());
  }

  @Override
  public void createAlias(String database, String collection, String alias, Deadline deadline) {
    CollectionDescriptor target = get(database, collection);
    List<AliasDescriptor> aliases = new ArrayList<>(catalog.current().aliases());
    aliases.removeIf(entry -> entry.alias().equals(alias));
    aliases.add(new AliasDescriptor(target.databaseId(), alias, target.id()));
    catalog.putAliases(aliases);
  }

  @Override
  public void alterAlias(String database, String collection, String alias, Deadline deadline) {
    createAlias(database, collection, alias, deadline);
  }

  @Override
  public void dropAlias(String database, String alias, Deadline deadline) {
    List<AliasDescriptor> aliases = new ArrayList<>(catalog.current().aliases());
    aliases.removeIf(entry -> entry.alias().equals(alias));
    catalog.putAliases(aliases);
  }

  @Override
  public void createIndex(IndexCreation creation, Deadline deadline) {
    CollectionDescriptor old = get(creation.database(), creation.collection());
    List<IndexDescriptor> indexes = new ArrayList<>(old.indexes());
    String type = creation.indexType().orElse(IndexDescriptor.AUTOINDEX);
    indexes.add(
        new IndexDescriptor(
            nextId++,
            old.schema().field(creation.fieldName()).orElseThrow().id(),
            creation.indexName().orElse(creation.fieldName()),
            type.equals(IndexDescriptor.AUTOINDEX) ? "HNSW" : type,
            type,
            creation.metric(),
            creation.parameters(),
            creation.parameters(),
            0));
    put(old, old.name(), old.properties(), old.partitions(), indexes, old.loaded());
  }

  @Override
  public void dropIndex(String database, String collection, String indexName, Deadline deadline) {
    CollectionDescriptor old = get(database, collection);
    List<IndexDescriptor> indexes =
        old.indexes().stream().filter(index -> !index.name().equals(indexName)).toList();
    put(old, old.name(), old.properties(), old.partitions(), indexes, old.loaded());
  }

  @Override
  public void load(String database, String collection, List<String> partitions, Deadline deadline) {
    setLoaded(get(database, collection), partitions, true);
  }

  @Override
  public void release(
      String database, String collection, List<String> partitions, Deadline deadline) {
    setLoaded(get(database, collection), partitions, false);
  }

  private void setLoaded(CollectionDescriptor old, List<String> partitions, boolean loaded) {
    if (partitions.isEmpty()) {
      put(old, old.name(), old.properties(), old.partitions(), old.indexes(), loaded);
      return;
    }
    Set<Long> ids = new HashSet<>(old.loadedPartitions());
    for (String name : partitions) {
      long id = old.partition(name).orElseThrow().id();
      if (loaded) {
        ids.add(id);
      } else {
        ids.remove(id);
      }
    }
    catalog.put(
        new CollectionDescriptor(
            old.id(),
            old.databaseId(),
            old.name(),
            old.schema(),
            old.vchannels(),
            old.consistencyLevel(),
            old.properties(),
            old.partitions(),
            old.indexes(),
            false,
            ids,
            0,
            0));
  }

  private CollectionDescriptor get(String database, String name) {
    return find(database, name).orElseThrow();
  }

  private Optional<CollectionDescriptor> find(String database, String name) {
    long databaseId = catalog.current().database(database).orElseThrow().id();
    return catalog.current().collection(databaseId, name);
  }

  private void put(
      CollectionDescriptor old,
      String name,
      Map<String, String> properties,
      List<PartitionDescriptor> partitions,
      List<IndexDescriptor> indexes,
      boolean loaded) {
    catalog.put(
        new CollectionDescriptor(
            old.id(),
            old.databaseId(),
            name,
            old.schema(),
            old.vchannels(),
            old.consistencyLevel(),
            properties,
            partitions,
            indexes,
            loaded,
            old.loadedPartitions(),
            0,
            0));
  }
}

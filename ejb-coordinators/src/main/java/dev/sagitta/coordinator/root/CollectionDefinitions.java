package dev.sagitta.coordinator.root;

import dev.sagitta.engine.catalog.CatalogChange;
import dev.sagitta.engine.catalog.CatalogSnapshot;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.DatabaseDescriptor;
import dev.sagitta.engine.catalog.IndexDescriptor;
import dev.sagitta.engine.catalog.PartitionDescriptor;
import dev.sagitta.engine.catalog.VchannelDescriptor;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.schema.FunctionSchema;
import dev.sagitta.engine.schema.NameRules;
import dev.sagitta.engine.schema.SchemaRules;
import dev.sagitta.engine.schema.StructSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Rules for collections. */
final class CollectionDefinitions {
  private final DefinitionLimits limits;
  private final List<String> pchannels;

  /**
   * @param pchannels the log's queues that new vchannels are spread over
   */
  CollectionDefinitions(DefinitionLimits limits, List<String> pchannels) {
    this.limits = limits;
    this.pchannels = List.copyOf(pchannels);
  }

  List<CatalogChange> create(
      CatalogSnapshot snapshot,
      RootCoordinator.CollectionCreation creation,
      Supplier<FreshIds> freshIds) {
    CollectionSchema schema = checked(creation);
    DatabaseDescriptor database = Names.database(snapshot, creation.database());
    checkNameIsNoAlias(snapshot, database, schema.name());
    Optional<CollectionDescriptor> existing = snapshot.collection(database.id(), schema.name());
    if (existing.isPresent()) {
      if (isSame(existing.get(), schema, creation)) {
        return List.of();
      }
      throw new SagittaException(
          ErrorCode.UNEXPECTED,
          "create duplicate collection with different parameters, collection: " + schema.name());
    }
    checkCapacity(snapshot, creation);
    FreshIds ids = freshIds.get();
    long collectionId = ids.next();
    List<VchannelDescriptor> vchannels = vchannels(snapshot, collectionId, creation.shards());
    CollectionDescriptor collection =
        new CollectionDescriptor(
            collectionId,
            database.id(),
            schema.name(),
            schema,
            vchannels.stream().map(VchannelDescriptor::name).toList(),
            creation.consistencyLevel(),
            creation.properties(),
            partitions(creation, ids),
            impliedIndexes(schema, ids),
            false,
            Set.of(),
            ids.timestamp(),
            ids.timestamp());
    return List.of(new CatalogChange.CollectionCreated(collection, vchannels));
  }

  private static List<IndexDescriptor> impliedIndexes(CollectionSchema schema, FreshIds ids) {
    return schema.fields().stream()
        .filter(FieldSchema::matched)
        .map(field -> IndexDescriptor.ofWords(field, ids.next(), ids.timestamp()))
        .toList();
  }

  private CollectionSchema checked(RootCoordinator.CollectionCreation creation) {
    CollectionSchema schema = creation.schema();
    NameRules.checkCollectionName(schema.name(), limits.nameLength());
    new SchemaRules(schema, limits.fields(), limits.vectorFields(), limits.nameLength()).check();
    if (creation.shards() < 1 || creation.shards() > limits.shards()) {
      throw SagittaException.invalidParameter(
          "maximum shards's number should be limited to "
              + limits.shards()
              + ": shardsNum="
              + creation.shards());
    }
    CollectionProperties.check(creation.properties(), schema);
    return withFieldIds(schema);
  }

  /**
   * Numbers the fields from 100 on, adds the dynamic field as the last one, and numbers the structs
   * behind the fields.
   */
  private static CollectionSchema withFieldIds(CollectionSchema schema) {
    List<FieldSchema> fields = new ArrayList<>();
    long id = FieldSchema.FIRST_USER_FIELD_ID;
    for (FieldSchema field : schema.fields()) {
      if (!field.dynamic()) {
        fields.add(field.withId(id++));
      }
    }
    if (schema.dynamicFieldEnabled()) {
      fields.add(FieldSchema.of(id, FieldSchema.DYNAMIC_FIELD_NAME, DataType.JSON).asDynamic());
    }
    List<StructSchema> structs = new ArrayList<>();
    long structId = schema.dynamicFieldEnabled() ? id + 1 : id;
    for (StructSchema struct : schema.structs()) {
      structs.add(struct.withId(structId++));
    }
    List<FunctionSchema> functions = new ArrayList<>();
    long functionId = FunctionSchema.FIRST_ID;
    for (FunctionSchema function : schema.functions()) {
      functions.add(function.withId(functionId++));
    }
    return new CollectionSchema(
        schema.name(),
        schema.description(),
        fields,
        schema.dynamicFieldEnabled(),
        functions,
        structs);
  }

  private static void checkNameIsNoAlias(
      CatalogSnapshot snapshot, DatabaseDescriptor database, String name) {
    if (snapshot.alias(database.id(), name).isPresent()) {
      throw new SagittaException(
          ErrorCode.ALIAS_COLLECTION_NAME_CONFLICT,
          "collection name conflicts with an existing alias: alias and collection name conflict"
              + "[database="
              + database.name()
              + "][alias="
              + name
              + "]");
    }
  }

  private static boolean isSame(
      CollectionDescriptor existing,
      CollectionSchema schema,
      RootCoordinator.CollectionCreation creation) {
    return existing.schema().equals(schema)
        && existing.vchannels().size() == creation.shards()
        && existing.consistencyLevel() == creation.consistencyLevel()
        && existing.partitions().size() >= creation.partitionsForKey().orElse(1);
  }

  private void checkCapacity(
      CatalogSnapshot snapshot, RootCoordinator.CollectionCreation creation) {
    if (snapshot.collections().size() >= limits.collections()) {
      throw new SagittaException(
          ErrorCode.COLLECTION_LIMIT_EXCEEDED,
          "exceeded the limit number of collections[limit=" + limits.collections() + "]");
    }
    checkDatabaseLimit(snapshot, Names.database(snapshot, creation.database()));
    int partitions = creation.partitionsForKey().orElse(1);
    if (partitions < 1 || partitions > limits.partitions()) {
      throw SagittaException.invalidParameter(
          "partition number must be from 1 to "
              + limits.partitions()
              + ": partitionsNum="
              + partitions);
    }
    checkGeneralCapacity(snapshot, limits, (long) partitions * creation.shards());
  }

  /** A database may hold fewer collections than the setting says, by its property. */
  private void checkDatabaseLimit(CatalogSnapshot snapshot, DatabaseDescriptor database) {
    long held =
        snapshot.collections().values().stream()
            .filter(collection -> collection.databaseId() == database.id())
            .count();
    int allowed =
        Math.min(limits.collectionsOfDatabase(), DatabaseProperties.maximumCollections(database));
    if (held >= allowed) {
      throw new SagittaException(
          ErrorCode.COLLECTION_LIMIT_EXCEEDED,
          "exceeded the limit number of collections per DB[database="
              + database.name()
              + "][limit="
              + allowed
              + "]");
    }
  }

  static void checkGeneralCapacity(
      CatalogSnapshot snapshot, DefinitionLimits limits, long additional) {
    long used = 0;
    for (CollectionDescriptor collection : snapshot.collections().values()) {
      used += (long) collection.partitions().size() * collection.vchannels().size();
    }
    if (used + additional > limits.generalCapacity()) {
      throw new SagittaException(
          ErrorCode.GENERAL_CAPACITY_EXCEEDED,
          "failed checking constraint: sum_collections(parition*shard) exceeding the max general"
              + " capacity: "
              + limits.generalCapacity()
              + "[used="
              + used
              + "][additional="
              + additional
              + "]");
    }
  }

  private static List<PartitionDescriptor> partitions(
      RootCoordinator.CollectionCreation creation, FreshIds ids) {
    if (creation.partitionsForKey().isEmpty()) {
      return List.of(
          new PartitionDescriptor(ids.next(), PartitionDescriptor.DEFAULT_NAME, ids.timestamp()));
    }
    List<PartitionDescriptor> partitions = new ArrayList<>();
    for (int i = 0; i < creation.partitionsForKey().get(); i++) {
      partitions.add(
          new PartitionDescriptor(
              ids.next(), PartitionDescriptor.DEFAULT_NAME + "_" + i, ids.timestamp()));
    }
    return partitions;
  }

  /** Shards go to the pchannels that carry the fewest vchannels, so that load spreads. */
  private List<VchannelDescriptor> vchannels(
      CatalogSnapshot snapshot, long collectionId, int shards) {
    long[] carried = new long[pchannels.size()];
    for (VchannelDescriptor vchannel : snapshot.vchannels().values()) {
      int index = pchannels.indexOf(vchannel.pchannel());
      if (index >= 0) {
        carried[index]++;
      }
    }
    List<VchannelDescriptor> vchannels = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      int least = 0;
      for (int i = 1; i < carried.length; i++) {
        if (carried[i] < carried[least]) {
          least = i;
        }
      }
      carried[least]++;
      String pchannel = pchannels.get(least);
      vchannels.add(
          new VchannelDescriptor(
              VchannelDescriptor.nameOf(pchannel, collectionId, shard),
              pchannel,
              collectionId,
              shard,
              Optional.empty(),
              0,
              Map.of()));
    }
    return vchannels;
  }

  List<CatalogChange> drop(CatalogSnapshot snapshot, DefinitionCommand.DropCollection command) {
    DatabaseDescriptor database = Names.database(snapshot, command.database());
    if (snapshot.alias(database.id(), command.name()).isPresent()) {
      throw new SagittaException(
          ErrorCode.UNEXPECTED, "cannot drop the collection via alias = " + command.name());
    }
    return snapshot
        .collection(database.id(), command.name())
        .<List<CatalogChange>>map(
            collection -> List.of(new CatalogChange.CollectionDropped(collection.id())))
        .orElse(List.of());
  }

  List<CatalogChange> rename(
      CatalogSnapshot snapshot, DefinitionCommand.RenameCollection command, long timestamp) {
    NameRules.checkCollectionName(command.newName(), limits.nameLength());
    DatabaseDescriptor database = Names.database(snapshot, command.database());
    DatabaseDescriptor target =
        Names.database(snapshot, command.newDatabase().orElse(command.database()));
    if (snapshot.alias(database.id(), command.name()).isPresent()) {
      throw new SagittaException(
          ErrorCode.UNEXPECTED,
          "unsupported use an alias to rename collection, alias:" + command.name());
    }
    CollectionDescriptor collection =
        Names.collection(snapshot, command.database(), command.name());
    checkNameIsNoAlias(snapshot, target, command.newName());
    if (snapshot.collection(target.id(), command.newName()).isPresent()) {
      throw new SagittaException(
          ErrorCode.UNEXPECTED,
          "duplicated new collection name "
              + command.newName()
              + " in database "
              + target.name()
              + " with other collection name or alias");
    }
    boolean hasAliases =
        snapshot.aliases().stream().anyMatch(alias -> alias.collectionId() == collection.id());
    if (target.id() != database.id() && hasAliases) {
      throw new SagittaException(
          ErrorCode.UNEXPECTED,
          "fail to rename collection to a different database, must drop all aliases first"
              + " (collection="
              + command.name()
              + ")");
    }
    return List.of(
        new CatalogChange.CollectionRenamed(
            collection.id(), target.id(), command.newName(), timestamp));
  }
}

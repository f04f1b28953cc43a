package dev.sagitta.engine.catalog;

import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.schema.FunctionSchema;
import dev.sagitta.engine.schema.FunctionType;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.schema.StructSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Proposes random changes to a catalog; some of them conflict with it. */
public final class RandomCatalog {
  private static final int KINDS = 22;

  private final Random random;
  private long nextId = 100;
  private int conflicts;

  public RandomCatalog(Random random) {
    this.random = random;
  }

  /** A snapshot after {@code changes} random changes, of which those that conflict are left out. */
  public CatalogSnapshot grow(CatalogSnapshot start, int changes) {
    CatalogSnapshot snapshot = start;
    for (int i = 0; i < changes; i++) {
      try {
        snapshot = snapshot.apply(change(snapshot));
      } catch (CatalogConflictException e) {
        conflicts++;
      }
    }
    return snapshot.withVersion(start.version() + changes);
  }

  /** How many changes {@link #grow} left out. */
  public int conflicts() {
    return conflicts;
  }

  public CatalogChange change(CatalogSnapshot snapshot) {
    Optional<CollectionDescriptor> collection = pick(snapshot.collections());
    int kind = random.nextInt(KINDS);
    if (collection.isEmpty() || kind < 3) {
      return collectionless(snapshot, kind);
    }
    if (kind >= 19) {
      return alteration(snapshot, collection.get(), kind);
    }
    return kind < 11
        ? definition(snapshot, collection.get(), kind)
        : data(snapshot, collection.get());
  }

  private CatalogChange collectionless(CatalogSnapshot snapshot, int kind) {
    return switch (kind) {
      case 0 -> new CatalogChange.EpochStarted(snapshot.epoch() + 1, "node-" + random.nextInt(5));
      case 1 -> new CatalogChange.TimestampBoundRaised(random.nextLong(Long.MAX_VALUE));
      case 2 ->
          random.nextBoolean()
              ? new CatalogChange.DatabaseCreated(
                  new DatabaseDescriptor(nextId++, name(), nextId, Map.of("a.b", name())))
              : new CatalogChange.DatabaseDropped(database(snapshot));
      default -> created(snapshot);
    };
  }

  private CatalogChange definition(
      CatalogSnapshot snapshot, CollectionDescriptor collection, int kind) {
    long id = collection.id();
    return switch (kind) {
      case 3 -> created(snapshot);
      case 4 ->
          random.nextInt(4) == 0
              ? new CatalogChange.CollectionDropped(id)
              : new CatalogChange.CollectionRenamed(id, database(snapshot), name(), nextId++);
      case 5 ->
          new CatalogChange.CollectionPropertiesSet(
              id, Map.of(name(), "value"), Set.of(name()), nextId++);
      case 6 ->
          new CatalogChange.LoadChanged(
              id, random.nextBoolean(), Set.of(partition(collection).id()));
      case 7 ->
          new CatalogChange.PartitionCreated(id, new PartitionDescriptor(nextId++, name(), nextId));
      case 8 ->
          random.nextInt(3) == 0
              ? new CatalogChange.PartitionDropped(id, partition(collection).id())
              : new CatalogChange.AliasSet(
                  new AliasDescriptor(collection.databaseId(), name(), id));
      case 9 -> new CatalogChange.AliasDropped(collection.databaseId(), name());
      default ->
          collection.indexes().isEmpty()
              ? new CatalogChange.IndexCreated(id, index())
              : new CatalogChange.IndexDropped(id, collection.indexes().getFirst().id());
    };
  }

  private CatalogChange alteration(
      CatalogSnapshot snapshot, CollectionDescriptor collection, int kind) {
    long id = collection.id();
    return switch (kind) {
      case 19 -> new CatalogChange.SchemaChanged(id, altered(collection.schema()), nextId++);
      case 20 ->
          random.nextBoolean()
              ? new CatalogChange.CollectionTruncated(id, random.nextLong(nextId * 2))
              : new CatalogChange.ConsistencyLevelSet(
                  id, pick(List.of(ConsistencyLevel.values())).orElseThrow(), nextId++);
      default ->
          random.nextBoolean()
              ? new CatalogChange.DatabasePropertiesSet(
                  database(snapshot), Map.of(name(), "x"), Set.of(name()))
              : new CatalogChange.IndexPropertiesSet(
                  id,
                  collection.indexes().isEmpty() ? 1 : collection.indexes().getFirst().id(),
                  Map.of("mmap.enabled", "true"),
                  Set.of(name()));
    };
  }

  /** With a field more, or a field with other parameters, or (not allowed) a field less. */
  private CollectionSchema altered(CollectionSchema schema) {
    List<FieldSchema> fields = new ArrayList<>(schema.fields());
    switch (random.nextInt(4)) {
      case 0 -> fields.remove(random.nextInt(fields.size()));
      case 1 -> {
        int position = random.nextInt(fields.size());
        FieldSchema field = fields.get(position);
        if (!field.type().isVector()) {
          fields.set(position, field.withParameters(Map.of("max_length", "77")));
        }
      }
      default -> {
        long largest = schema.largestFieldId();
        fields.add(
            random.nextInt(fields.size()),
            FieldSchema.of(largest + random.nextInt(3), name(), DataType.INT64).asNullable());
      }
    }
    CollectionSchema altered =
        new CollectionSchema(
            schema.name(), schema.description(), fields, schema.dynamicFieldEnabled());
    // Without the structs it is not allowed.
    return random.nextInt(5) == 0 ? altered : altered.withStructs(schema.structs());
  }

  private CatalogChange data(CatalogSnapshot snapshot, CollectionDescriptor collection) {
    VchannelDescriptor vchannel =
        snapshot.vchannels().get(pick(collection.vchannels()).orElseThrow());
    Optional<SegmentDescriptor> segment = pick(snapshot.segmentsOf(collection.id()));
    if (segment.isEmpty() || random.nextInt(3) == 0) {
      return flush(collection, vchannel, segment);
    }
    return switch (random.nextInt(4)) {
      case 0 ->
          new CatalogChange.VchannelClaimed(
              vchannel.name(), "node-" + random.nextInt(5), vchannel.ownerEpoch() + 1);
      case 1, 2 ->
          new CatalogChange.SegmentIndexed(collection.id(), segment.get().id(), built(collection));
      default -> new CatalogChange.SegmentsDropped(collection.id(), Set.of(segment.get().id(), 1L));
    };
  }

  private CatalogChange flush(
      CollectionDescriptor collection,
      VchannelDescriptor vchannel,
      Optional<SegmentDescriptor> segment) {
    long segmentId = segment.map(SegmentDescriptor::id).orElse(nextId++);
    ChunkDescriptor chunk =
        new ChunkDescriptor(
            segment.map(existing -> existing.chunks().size()).orElse(0),
            random.nextInt(1, 5000),
            random.nextInt(),
            1,
            nextId++,
            List.of(1L, 100L, 101L));
    List<CatalogChange.FlushedDelta> deltas =
        random.nextBoolean()
            ? List.of()
            : List.of(
                new CatalogChange.FlushedDelta(segmentId, new DeltaDescriptor(nextId++, 5, 60)));
    return new CatalogChange.VchannelFlushed(
        vchannel.name(),
        vchannel.ownerEpoch(),
        Map.of("producer-" + random.nextInt(3), nextId++),
        List.of(
            new CatalogChange.FlushedChunk(
                segmentId,
                segment
                    .map(SegmentDescriptor::partitionId)
                    .orElseGet(() -> partition(collection).id()),
                chunk)),
        deltas,
        random.nextBoolean() ? Set.of(segmentId) : Set.of());
  }

  private SegmentIndexDescriptor built(CollectionDescriptor collection) {
    long indexId = collection.indexes().isEmpty() ? 1 : collection.indexes().getFirst().id();
    boolean failed = random.nextInt(4) == 0;
    return new SegmentIndexDescriptor(
        indexId,
        101,
        nextId++,
        failed ? Optional.empty() : Optional.of("index.bin"),
        random.nextInt(),
        failed ? Optional.of("out of disk") : Optional.empty());
  }

  private IndexDescriptor index() {
    return new IndexDescriptor(
        nextId++,
        101,
        name(),
        "HNSW",
        IndexDescriptor.AUTOINDEX,
        Optional.of(MetricType.COSINE),
        Map.of("M", "18", "efConstruction", "240"),
        Map.of("metric_type", "COSINE"),
        nextId);
  }

  private CatalogChange created(CatalogSnapshot snapshot) {
    long id = nextId++;
    int shards = random.nextInt(1, 4);
    List<VchannelDescriptor> vchannels = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      String pchannel = "sagitta-dml_" + shard;
      vchannels.add(
          new VchannelDescriptor(
              VchannelDescriptor.nameOf(pchannel, id, shard),
              pchannel,
              id,
              shard,
              Optional.empty(),
              0,
              Map.of()));
    }
    return new CatalogChange.CollectionCreated(
        new CollectionDescriptor(
            id,
            database(snapshot),
            name(),
            schema(),
            vchannels.stream().map(VchannelDescriptor::name).toList(),
            pick(List.of(ConsistencyLevel.values())).orElseThrow(),
            Map.of("collection.ttl.seconds", "7"),
            List.of(new PartitionDescriptor(nextId++, PartitionDescriptor.DEFAULT_NAME, id)),
            List.of(),
            false,
            Set.of(),
            id,
            id),
        vchannels);
  }

  private CollectionSchema schema() {
    Object[] defaults = {true, 5L, 3_000_000_000L, 0.5, 2.0, "text \"quoted\" \u00e4"};
    return new CollectionSchema(
        name(),
        "a description",
        List.of(
            FieldSchema.of(100, "id", DataType.INT64).asPrimaryKey(random.nextBoolean()),
            FieldSchema.of(101, "vector", DataType.FLOAT_VECTOR).withParameters(Map.of("dim", "8")),
            FieldSchema.of(102, "tags", DataType.INT32).withElementType(DataType.INT32),
            FieldSchema.of(103, "other", DataType.VARCHAR)
                .asNullable()
                .withDefaultValue(defaults[random.nextInt(defaults.length)]),
            FieldSchema.of(105, StructSchema.fieldName("clips", "emb"), DataType.INT8)
                .withElementType(DataType.FLOAT_VECTOR)
                .withParameters(Map.of("dim", "4", "max_capacity", "3")),
            FieldSchema.of(104, FieldSchema.DYNAMIC_FIELD_NAME, DataType.JSON).asDynamic()),
        true,
        random.nextBoolean()
            ? List.of()
            : List.of(
                new FunctionSchema(
                    100,
                    name(),
                    "",
                    FunctionType.TEXT_EMBEDDING,
                    List.of("other"),
                    List.of("vector"),
                    Map.of("provider", "local"))),
        List.of(new StructSchema(106, "clips", "parts", Map.of("max_capacity", "3"))));
  }

  private long database(CatalogSnapshot snapshot) {
    return random.nextInt(20) == 0
        ? 7
        : pick(snapshot.databases().keySet().stream().sorted().toList()).orElseThrow();
  }

  private PartitionDescriptor partition(CollectionDescriptor collection) {
    return pick(collection.partitions())
        .orElseGet(() -> new PartitionDescriptor(3, "no_such_partition", 0));
  }

  private String name() {
    return "name_" + random.nextInt(30);
  }

  private <T> Optional<T> pick(List<T> values) {
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(values.get(random.nextInt(values.size())));
  }

  /** As {@link #pick(List)}; sorted by key, because a seed must always give the same choice. */
  private <T> Optional<T> pick(Map<Long, T> values) {
    return pick(values.keySet().stream().sorted().toList()).map(values::get);
  }
}

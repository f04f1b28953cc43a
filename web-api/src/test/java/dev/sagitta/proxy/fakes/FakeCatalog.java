package dev.sagitta.proxy.fakes;

import dev.sagitta.coordinator.catalog.CatalogFollower;
import dev.sagitta.engine.catalog.CatalogSnapshot;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.ConsistencyLevel;
import dev.sagitta.engine.catalog.IndexDescriptor;
import dev.sagitta.engine.catalog.PartitionDescriptor;
import dev.sagitta.engine.catalog.VchannelDescriptor;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.ColumnBuilder;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.time.Deadline;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A catalog with one collection of three shards: key, vector of two floats, color. */
public final class FakeCatalog implements CatalogFollower {
  public static final long COLLECTION_ID = 1000;
  public static final long KEY = 100;
  public static final long VECTOR = 101;
  public static final long COLOR = 102;
  public static final long DEFAULT_PARTITION = 1;
  public static final long OTHER_PARTITION = 2;
  public static final List<String> VCHANNELS = List.of("q0_1000v0", "q1_1000v1", "q2_1000v2");

  private final List<Consumer<CatalogSnapshot>> listeners = new CopyOnWriteArrayList<>();
  private volatile CatalogSnapshot current;

  public FakeCatalog() {
    set(collection(DataType.INT64, false, false));
  }

  public static CollectionDescriptor collection(
      DataType keyType, boolean autoId, boolean partitionKey) {
    FieldSchema key = FieldSchema.of(KEY, "id", keyType).asPrimaryKey(autoId);
    FieldSchema vector =
        FieldSchema.of(VECTOR, "vector", DataType.FLOAT_VECTOR).withParameters(Map.of("dim", "2"));
    FieldSchema color = FieldSchema.of(COLOR, "color", DataType.VARCHAR);
    if (partitionKey) {
      color =
          new FieldSchema(
              COLOR,
              "color",
              DataType.VARCHAR,
              Optional.empty(),
              "",
              false,
              false,
              true,
              false,
              false,
              Optional.empty(),
              false,
              Map.of());
    }
    return new CollectionDescriptor(
        COLLECTION_ID,
        0,
        "things",
        new CollectionSchema("things", "", List.of(key, vector, color), false),
        VCHANNELS,
        ConsistencyLevel.BOUNDED,
        Map.of(),
        List.of(
            new PartitionDescriptor(DEFAULT_PARTITION, PartitionDescriptor.DEFAULT_NAME, 1),
            new PartitionDescriptor(OTHER_PARTITION, "other", 1)),
        List.of(
            new IndexDescriptor(
                7,
                VECTOR,
                "vector",
                "FLAT",
                "FLAT",
                Optional.of(MetricType.L2),
                Map.of(),
                Map.of(),
                1)),
        true,
        Set.of(),
        1,
        1);
  }

  /** The collection with what is served. */
  public static CollectionDescriptor loaded(
      CollectionDescriptor from, boolean loaded, Set<Long> loadedPartitions) {
    return new CollectionDescriptor(
        from.id(),
        from.databaseId(),
        from.name(),
        from.schema(),
        from.vchannels(),
        from.consistencyLevel(),
        from.properties(),
        from.partitions(),
        from.indexes(),
        loaded,
        loadedPartitions,
        from.createdTimestamp(),
        from.updatedTimestamp());
  }

  public void set(CollectionDescriptor collection) {
    Map<String, VchannelDescriptor> vchannels = new LinkedHashMap<>();
    for (int shard = 0; shard < VCHANNELS.size(); shard++) {
      String name = VCHANNELS.get(shard);
      vchannels.put(
          name,
          new VchannelDescriptor(
              name, "q" + shard, COLLECTION_ID, shard, Optional.empty(), 0, Map.of()));
    }
    become(
        new CatalogSnapshot(
            5,
            1,
            Optional.empty(),
            0,
            Map.of(),
            Map.of(COLLECTION_ID, collection),
            List.of(),
            vchannels,
            Map.of()));
  }

  /** Drops everything. */
  public void drop() {
    become(CatalogSnapshot.empty().withVersion(6));
  }

  private void become(CatalogSnapshot snapshot) {
    current = snapshot;
    listeners.forEach(listener -> listener.accept(snapshot));
  }

  public CollectionDescriptor collection() {
    return current.collection(COLLECTION_ID).orElseThrow();
  }

  /** Rows with the keys; row i is the vector (i, key position) and every second one is red. */
  public static ColumnBatch rows(CollectionDescriptor collection, List<?> keys) {
    CollectionSchema schema = collection.schema();
    ColumnBuilder keyColumn = ColumnBuilder.forField(schema.primaryKey(), keys.size());
    ColumnBuilder vectors = ColumnBuilder.forField(schema.field(VECTOR).orElseThrow(), keys.size());
    ColumnBuilder colors = ColumnBuilder.forField(schema.field(COLOR).orElseThrow(), keys.size());
    for (int row = 0; row < keys.size(); row++) {
      Object key = keys.get(row);
      if (key instanceof Long number) {
        keyColumn.appendLong(number);
      } else {
        keyColumn.appendString((String) key);
      }
      vectors.appendVector(new float[] {row, key.hashCode() % 10}, 0);
      colors.appendString(row % 2 == 0 ? "red" : "blue");
    }
    return new ColumnBatch(
        keys.size(),
        new LinkedHashMap<>(
            Map.of(KEY, keyColumn.build(), VECTOR, vectors.build(), COLOR, colors.build())));
  }

  @Override
  public CatalogSnapshot current() {
    return current;
  }

  @Override
  public CatalogSnapshot awaitVersion(long version, Deadline deadline) {
    return current;
  }

  @Override
  public void addListener(Consumer<CatalogSnapshot> listener) {
    listeners.add(listener);
  }

  @Override
  public void removeListener(Consumer<CatalogSnapshot> listener) {
    listeners.remove(listener);
  }
}

package dev.sagitta.coordinator.leader;

import dev.sagitta.connector.objectstore.ObjectStore;
import dev.sagitta.coordinator.catalog.Catalog;
import dev.sagitta.coordinator.catalog.ManualClock;
import dev.sagitta.coordinator.catalog.MemoryObjectStore;
import dev.sagitta.coordinator.catalog.Pause;
import dev.sagitta.coordinator.catalog.StoreAccess;
import dev.sagitta.coordinator.cluster.FakeNetwork;
import dev.sagitta.coordinator.time.LeaderTimestampOracle;
import dev.sagitta.engine.catalog.CatalogChange;
import dev.sagitta.engine.catalog.CatalogSnapshot;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.ConsistencyLevel;
import dev.sagitta.engine.catalog.DatabaseDescriptor;
import dev.sagitta.engine.catalog.PartitionDescriptor;
import dev.sagitta.engine.catalog.VchannelDescriptor;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** A node on a fake network, all of whose work is done in the calling thread. */
public final class NodeFixture {
  private static final AtomicLong CREATION_IDS = new AtomicLong();

  public final FakeNetwork.Node cluster;
  public final StoreAccess store;
  public final Catalog catalog;
  public final Leadership leadership;
  public final LeaderCalls calls;
  public final LeaderTimestampOracle timestamps;

  public NodeFixture(
      FakeNetwork network, String nodeId, ObjectStore objects, ManualClock clock, Pause pause) {
    cluster = network.join(nodeId);
    store = new StoreAccess(MemoryObjectStore.connections(objects), pause, clock);
    catalog =
        new Catalog(
            nodeId,
            store,
            Catalog.Settings.DEFAULT,
            Runnable::run,
            clock,
            pause,
            () -> nodeId + "/" + CREATION_IDS.incrementAndGet());
    leadership = new Leadership(cluster, () -> true, catalog, clock);
    calls = new LeaderCalls(cluster, leadership, catalog.replica(), pause);
    timestamps = new LeaderTimestampOracle(catalog, calls, clock);
    catalog.load();
  }

  public CatalogSnapshot commit(CatalogChange... changes) {
    return catalog.journal().commit(snapshot -> List.of(changes)).join();
  }

  /** A collection of one shard and one vector field, number 101. */
  public static CatalogChange.CollectionCreated collection(long id, String name) {
    String vchannel = VchannelDescriptor.nameOf("sagitta-dml_0", id, 0);
    CollectionSchema schema =
        new CollectionSchema(
            name,
            "",
            List.of(
                FieldSchema.of(100, "id", DataType.INT64).asPrimaryKey(false),
                FieldSchema.of(101, "vector", DataType.FLOAT_VECTOR)
                    .withParameters(Map.of("dim", "4"))),
            false);
    return new CatalogChange.CollectionCreated(
        new CollectionDescriptor(
            id,
            DatabaseDescriptor.DEFAULT_ID,
            name,
            schema,
            List.of(vchannel),
            ConsistencyLevel.BOUNDED,
            Map.of(),
            List.of(new PartitionDescriptor(id + 1, PartitionDescriptor.DEFAULT_NAME, 0)),
            List.of(),
            false,
            Set.of(),
            0,
            0),
        List.of(
            new VchannelDescriptor(
                vchannel, "sagitta-dml_0", id, 0, Optional.empty(), 0, Map.of())));
  }
}

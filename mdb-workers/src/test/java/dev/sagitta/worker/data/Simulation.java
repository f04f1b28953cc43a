package dev.sagitta.worker.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sagitta.connector.wal.WalEntry;
import dev.sagitta.engine.catalog.CatalogChange;
import dev.sagitta.engine.catalog.CatalogSnapshot;
import dev.sagitta.engine.catalog.SegmentDescriptor;
import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.ColumnBuilder;
import dev.sagitta.engine.column.ColumnType;
import dev.sagitta.engine.column.LongColumn;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.column.VectorColumn;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.log.LogHeader;
import dev.sagitta.engine.log.LogRecord;
import dev.sagitta.engine.log.LogRecordCodec;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.query.StaleRouteException;
import dev.sagitta.query.barrier.Barrier;
import dev.sagitta.query.barrier.BarrierKind;
import dev.sagitta.query.barrier.BarrierReply;
import dev.sagitta.query.fakes.FakeCatalog;
import dev.sagitta.query.fakes.FakeCluster;
import dev.sagitta.query.fakes.FakeWal;
import dev.sagitta.query.fakes.InMemoryStore;
import dev.sagitta.query.fakes.TestCollections;
import dev.sagitta.query.request.FilterText;
import dev.sagitta.query.request.NodeSearchRequest;
import dev.sagitta.query.request.NodeSearchResult;
import dev.sagitta.query.request.RetrieveRequest;
import dev.sagitta.query.request.RetrieveResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A cluster on one thread: nodes that die at bad moments over one log, one catalog and one store,
 * clients that write, and an auditor that compares what a Strong read sees with a model. A seed
 * gives one history.
 */
final class Simulation {
  private static final int DIMENSION = 4;
  private static final int FIRST_FIELDS = 3;
  private static final String CLIENT = "client";

  private final Random random;
  private final Faults faults;
  private final FakeWal wal = new FakeWal();
  private final FakeCluster cluster = new FakeCluster();
  private final FakeCatalog catalog = new FakeCatalog();
  private final InMemoryStore store = new InMemoryStore();
  private final AtomicLong ids = new AtomicLong(10_000);
  private final Map<Long, BarrierReply> replies = new HashMap<>();
  private final Map<String, SimulatedNode> nodes = new LinkedHashMap<>();
  private final Map<String, ModelVchannel> model = new LinkedHashMap<>();
  private final Map<String, Long> sequences = new HashMap<>();
  private CollectionSchema schema = TestCollections.schema(DIMENSION);
  private final Path directory;
  private final ScheduledExecutorService scheduler;
  private boolean secondPartition = true;
  private long timestamp = 1_000;
  private int nextNode;
  private int nextBarrier;
  private int written;
  private int truncations;
  private int knownFields = FIRST_FIELDS;

  Simulation(long seed, Path directory, ScheduledExecutorService scheduler) {
    this.random = new Random(seed);
    this.faults = new Faults(random);
    this.directory = directory;
    this.scheduler = scheduler;
    store.setFaults(this::beforeStoreCall);
    cluster
        .join(CLIENT)
        .registerService(
            BarrierReply.SERVICE,
            bytes -> {
              BarrierReply reply = BarrierReply.decode(bytes);
              replies.put(reply.id(), reply);
              return new byte[0];
            });
    long firstKey = 0;
    for (String vchannel : TestCollections.create(catalog, schema, 3)) {
      model.put(vchannel, new ModelVchannel(firstKey));
      firstKey += 1_000_000;
    }
  }

  int written() {
    return written;
  }

  int truncations() {
    return truncations;
  }

  int fieldsAdded() {
    return schema.fields().size() - FIRST_FIELDS;
  }

  int crashes() {
    return faults.crashes();
  }

  void run(int steps) {
    for (int step = 0; step < steps; step++) {
      if (nodes.size() < 2) {
        startNode();
      }
      step();
      if (step % 60 == 59) {
        faults.enable(random.nextBoolean());
        audit();
        faults.enable(true);
      }
    }
    faults.enable(false);
    flushEverything();
    audit();
  }

  private void step() {
    switch (random.nextInt(20)) {
      case 0, 1, 2, 3, 4, 5 -> write();
      case 6, 7, 8, 9, 10, 11 -> guarded(anyNode(), this::deliver);
      case 12, 13, 14, 15 -> guarded(anyNode(), node -> node.runTask(random));
      case 16 -> sendBarrier(anyVchannel(), BarrierKind.FLUSH);
      case 17 -> anyNode().follower().catchUp();
      case 18 -> rare();
      default -> guarded(anyNode(), this::endSession);
    }
  }

  private void rare() {
    switch (random.nextInt(12)) {
      case 8 -> truncate();
      case 9 -> addField();
      case 10 -> removeExpired();
      case 0 -> kill(anyNode());
      case 1 -> setLoaded(false);
      case 2 -> setLoaded(true);
      case 3 -> dropSecondPartition();
      default -> guarded(anyNode(), node -> node.openSession(wal));
    }
  }

  // ---- nodes

  private void startNode() {
    String id = "node-" + nextNode++;
    FakeCatalog.Follower follower = catalog.follower();
    SimulatedNode node =
        new SimulatedNode(
            cluster.join(id),
            follower,
            new SimulatedCoordinator(catalog, follower, ids, faults),
            store,
            directory,
            scheduler,
            faults);
    node.openSession(wal);
    nodes.put(id, node);
  }

  private void kill(SimulatedNode node) {
    cluster.kill(node.id());
    nodes.remove(node.id());
    node.die();
  }

  private void guarded(SimulatedNode node, Consumer<SimulatedNode> action) {
    try {
      action.accept(node);
    } catch (NodeCrash crash) {
      kill(node);
    }
  }

  private void deliver(SimulatedNode node) {
    for (FakeWal.Session session : List.copyOf(node.sessions())) {
      session.deliver(1 + random.nextInt(8));
    }
    if (node.sessions().isEmpty()) {
      node.openSession(wal);
    }
  }

  private void endSession(SimulatedNode node) {
    if (!node.sessions().isEmpty() && random.nextInt(4) == 0) {
      node.sessions().get(random.nextInt(node.sessions().size())).end(true);
    }
  }

  private void beforeStoreCall(String operation) {
    if (operation.startsWith("put")) {
      faults.mayCrash(operation);
      faults.mayFail(operation);
    }
  }

  private SimulatedNode anyNode() {
    if (nodes.isEmpty()) {
      startNode();
    }
    List<SimulatedNode> living = List.copyOf(nodes.values());
    return living.get(random.nextInt(living.size()));
  }

  private String anyVchannel() {
    List<String> names = List.copyOf(model.keySet());
    return names.get(random.nextInt(names.size()));
  }

  // ---- writes

  private void write() {
    String vchannel = anyVchannel();
    ModelVchannel expected = model.get(vchannel);
    // A writer whose catalog lags behind does not know the last fields yet.
    knownFields = random.nextInt(FIRST_FIELDS, schema.fields().size() + 1);
    long now = ++timestamp;
    String producer = "producer-" + random.nextInt(3);
    LogHeader header =
        new LogHeader(
            now,
            producer,
            sequences.merge(producer, 1L, Long::sum),
            TestCollections.COLLECTION_ID,
            catalog.truth().version());
    LogRecord logRecord =
        switch (random.nextInt(4)) {
          case 0 -> delete(expected, header);
          case 1 -> upsert(expected, header);
          default -> insert(expected, header);
        };
    wal.connect()
        .append(
            List.of(
                new WalEntry(
                    catalog.truth().vchannel(vchannel).orElseThrow().pchannel(),
                    vchannel,
                    LogRecordCodec.encode(logRecord))))
        .join();
    written++;
  }

  private LogRecord insert(ModelVchannel expected, LogHeader header) {
    long partitionId = anyPartition();
    List<ModelVchannel.Row> rows = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(12); i++) {
      rows.add(
          new ModelVchannel.Row(
              expected.newKey(), header.timestamp(), partitionId, header.timestamp(), knownFields));
    }
    rows.forEach(expected::insert);
    return new LogRecord.Insert(header, partitionId, batch(rows));
  }

  private LogRecord upsert(ModelVchannel expected, LogHeader header) {
    long partitionId = anyPartition();
    Map<Long, ModelVchannel.Row> rows = new LinkedHashMap<>();
    for (int i = 0; i <= random.nextInt(6); i++) {
      long key = expected.anyKey(random);
      rows.put(
          key,
          new ModelVchannel.Row(
              key, header.timestamp(), partitionId, header.timestamp(), knownFields));
    }
    rows.keySet().forEach(key -> expected.delete(key, -1, header.timestamp()));
    rows.values().forEach(expected::insert);
    return new LogRecord.Upsert(
        header, partitionId, keys(rows.keySet()), batch(List.copyOf(rows.values())));
  }

  private LogRecord delete(ModelVchannel expected, LogHeader header) {
    long partitionId = random.nextInt(4) == 0 ? anyPartition() : LogRecord.ALL_PARTITIONS;
    List<Long> keys = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(5); i++) {
      keys.add(expected.anyKey(random));
    }
    keys.forEach(key -> expected.delete(key, partitionId, header.timestamp()));
    return new LogRecord.Delete(header, partitionId, keys(keys));
  }

  private long anyPartition() {
    return secondPartition && random.nextInt(3) == 0
        ? TestCollections.SECOND_PARTITION
        : TestCollections.FIRST_PARTITION;
  }

  private static PrimaryKeys keys(Collection<Long> keys) {
    return new PrimaryKeys.LongKeys(keys.stream().mapToLong(Long::longValue).toArray());
  }

  private ColumnBatch batch(List<ModelVchannel.Row> rows) {
    Map<Long, Column> columns = new LinkedHashMap<>();
    for (FieldSchema field : schema.fields().subList(0, rows.getFirst().knownFields())) {
      ColumnBuilder builder = ColumnBuilder.forField(field, rows.size());
      for (ModelVchannel.Row row : rows) {
        if (field.id() == TestCollections.VECTOR_FIELD) {
          builder.appendVector(vector(row.key()), 0);
        } else {
          builder.appendLong(value(field, row));
        }
      }
      columns.put(field.id(), builder.build());
    }
    return new ColumnBatch(rows.size(), columns);
  }

  /** What a row answers: fields that its writer did not know have their default. */
  private static long value(FieldSchema field, ModelVchannel.Row row) {
    if (field.primaryKey()) {
      return row.key();
    }
    int position = (int) (field.id() - TestCollections.KEY_FIELD);
    return position < row.knownFields()
        ? row.number() * (position + 1)
        : (Long) field.defaultValue().orElseThrow();
  }

  private static float[] vector(long key) {
    return new float[] {key % 1_000_000, key % 7, key % 11, 1};
  }

  private static VectorColumn query(long key) {
    float[] vector = vector(key);
    ColumnType type = new ColumnType(DataType.FLOAT_VECTOR, Optional.empty(), vector.length);
    ColumnBuilder builder = ColumnBuilder.forType(type, 1);
    builder.appendVector(vector, 0);
    return (VectorColumn) builder.build();
  }

  // ---- definitions

  private void setLoaded(boolean loaded) {
    catalog.commit(new CatalogChange.LoadChanged(TestCollections.COLLECTION_ID, loaded, Set.of()));
  }

  private void dropSecondPartition() {
    if (secondPartition && random.nextInt(3) == 0) {
      secondPartition = false;
      catalog.commit(
          new CatalogChange.PartitionDropped(
              TestCollections.COLLECTION_ID, TestCollections.SECOND_PARTITION));
      model.values().forEach(each -> each.dropPartition(TestCollections.SECOND_PARTITION));
    }
  }

  /** As a request does it: its timestamp is above those of all writes before it. */
  private void truncate() {
    if (random.nextInt(2) == 0) {
      long now = ++timestamp;
      catalog.commit(new CatalogChange.CollectionTruncated(TestCollections.COLLECTION_ID, now));
      model.values().forEach(ModelVchannel::clear);
      truncations++;
    }
  }

  /** Rows that are there answer the default; writers may not know of the field for a while. */
  private void addField() {
    if (schema.fields().size() < 6) {
      long id = TestCollections.KEY_FIELD + schema.fields().size();
      List<FieldSchema> fields = new ArrayList<>(schema.fields());
      fields.add(
          FieldSchema.of(id, "added_" + id, DataType.INT64).asNullable().withDefaultValue(-id));
      schema =
          new CollectionSchema(
              schema.name(), schema.description(), fields, schema.dynamicFieldEnabled());
      catalog.commit(
          new CatalogChange.SchemaChanged(TestCollections.COLLECTION_ID, schema, ++timestamp));
    }
  }

  /** What the leader does from time to time. */
  private void removeExpired() {
    CatalogSnapshot snapshot = catalog.truth();
    long expiredUntil =
        snapshot.collection(TestCollections.COLLECTION_ID).orElseThrow().expiredUntil(0);
    Set<Long> expired = new HashSet<>();
    for (SegmentDescriptor segment : snapshot.segmentsOf(TestCollections.COLLECTION_ID).values()) {
      if (segment.isExpired(expiredUntil)) {
        expired.add(segment.id());
      }
    }
    catalog.commit(new CatalogChange.SegmentsDropped(TestCollections.COLLECTION_ID, expired));
  }

  // ---- the auditor

  private long sendBarrier(String vchannel, BarrierKind kind) {
    long id = nextBarrier++;
    wal.connect()
        .sendBarrier(
            new WalEntry(
                catalog.truth().vchannel(vchannel).orElseThrow().pchannel(),
                vchannel,
                new Barrier(kind, id, CLIENT).encode()))
        .join();
    return id;
  }

  /** Sends barriers until one is answered by a node that still lives. */
  private BarrierReply awaitBarrier(String vchannel, BarrierKind kind) {
    for (int attempt = 0; attempt < 100; attempt++) {
      long id = sendBarrier(vchannel, kind);
      for (int round = 0; round < 40; round++) {
        for (SimulatedNode node : List.copyOf(nodes.values())) {
          guarded(
              node,
              each -> {
                deliver(each);
                if (random.nextBoolean()) {
                  each.runAllTasks();
                }
              });
        }
        if (nodes.isEmpty()) {
          startNode();
        }
        BarrierReply reply = replies.remove(id);
        if (reply != null && nodes.containsKey(reply.ownerNodeId())) {
          return reply;
        }
      }
    }
    throw new AssertionError("no barrier was answered: vchannel=" + vchannel);
  }

  private void flushEverything() {
    for (String vchannel : model.keySet()) {
      BarrierReply reply = awaitBarrier(vchannel, BarrierKind.FLUSH);
      assertThat(reply.catalogVersion()).isLessThanOrEqualTo(catalog.truth().version());
    }
    nodes.values().forEach(SimulatedNode::runAllTasks);
    for (String vchannel : model.keySet()) {
      assertThat(wal.unacknowledged(vchannel)).as("unacknowledged in " + vchannel).isZero();
    }
  }

  private void audit() {
    setLoaded(true);
    for (Map.Entry<String, ModelVchannel> entry : model.entrySet()) {
      boolean done = false;
      while (!done) {
        BarrierReply reply = awaitBarrier(entry.getKey(), BarrierKind.READ);
        SimulatedNode owner = nodes.get(reply.ownerNodeId());
        try {
          owner.follower().catchUp();
          owner.runAllTasks();
          compare(entry.getKey(), owner, entry.getValue().visible());
          done = true;
        } catch (NodeCrash crash) {
          kill(owner);
        } catch (StaleRouteException stale) {
          done = false;
        }
      }
    }
  }

  private void compare(
      String vchannel, SimulatedNode owner, Map<Long, ModelVchannel.Row> expected) {
    Deadline deadline = Deadline.after(Duration.ofSeconds(10));
    long version = catalog.truth().version();
    ColumnBatch all = retrieve(owner, vchannel, version, false, deadline).rows();
    LongColumn keys = (LongColumn) all.column(TestCollections.KEY_FIELD);
    for (FieldSchema field : schema.fields()) {
      if (!field.type().isVector()) {
        Map<Long, Long> actual = new TreeMap<>();
        LongColumn values = (LongColumn) all.column(field.id());
        for (int row = 0; row < all.rowCount(); row++) {
          assertThat(actual.put(keys.longAt(row), values.longAt(row))).as("second row").isNull();
        }
        Map<Long, Long> wanted = new TreeMap<>();
        expected.forEach((key, row) -> wanted.put(key, value(field, row)));
        assertThat(actual).as(field.name() + " of rows of " + vchannel).isEqualTo(wanted);
      }
    }
    assertThat(retrieve(owner, vchannel, version, true, deadline).count())
        .as("count(*) of " + vchannel)
        .isEqualTo(expected.size());
    NodeSearchResult found =
        owner
            .reader()
            .search(
                new NodeSearchRequest(
                    TestCollections.COLLECTION_ID,
                    version,
                    List.of(vchannel),
                    Set.of(),
                    TestCollections.VECTOR_FIELD,
                    query(random.nextInt(50)),
                    16_384,
                    IndexSearchParameters.DEFAULT,
                    FilterText.ALL,
                    List.of(),
                    Optional.empty()),
                deadline);
    assertThat(found.hitCounts()[0]).as("hits in " + vchannel).isEqualTo(expected.size());
  }

  private RetrieveResult retrieve(
      SimulatedNode owner, String vchannel, long version, boolean countOnly, Deadline deadline) {
    return owner
        .reader()
        .retrieve(
            new RetrieveRequest(
                TestCollections.COLLECTION_ID,
                version,
                List.of(vchannel),
                Set.of(),
                FilterText.ALL,
                1_000_000,
                countOnly,
                schema.fields().stream()
                    .filter(field -> !field.type().isVector())
                    .map(FieldSchema::id)
                    .toList()),
            deadline);
  }
}

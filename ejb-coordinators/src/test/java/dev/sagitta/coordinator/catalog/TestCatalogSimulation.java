package dev.sagitta.coordinator.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sagitta.engine.catalog.CatalogChange;
import dev.sagitta.engine.catalog.CatalogChange.DatabaseCreated;
import dev.sagitta.engine.catalog.CatalogCodec;
import dev.sagitta.engine.catalog.CatalogLogEntry;
import dev.sagitta.engine.catalog.CatalogSnapshot;
import dev.sagitta.engine.catalog.DatabaseDescriptor;
import dev.sagitta.engine.error.SagittaException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Several nodes lead, commit and follow over one store that fails, delays, duplicates and reorders.
 * One thread plays all of them: between any two store calls of a node, others act, as the seed
 * says. Afterwards an auditor compares what was acknowledged with every entry ever written.
 */
final class TestCatalogSimulation {
  private static final int SEEDS = 300;
  private static final int STEPS = 60;

  private final Logger logger = Logger.getLogger("dev.sagitta.coordinator.catalog");

  /**
   * Failures are the rule here, and thousands of lines about them would hide the one that counts.
   */
  @BeforeEach
  void silence() {
    logger.setLevel(Level.OFF);
  }

  @AfterEach
  void speak() {
    logger.setLevel(null);
  }

  @Test
  void whatIsAcknowledgedIsInTheLogOnceAndNoOneForks() {
    int acknowledged = 0;
    int unknown = 0;
    int epochs = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      Simulation simulation = new Simulation(seed);
      simulation.run();
      simulation.audit();
      acknowledged += simulation.acknowledged.size();
      unknown += simulation.unknown;
      epochs += (int) simulation.reference().epoch();
    }
    // Without these the run would have proved nothing.
    assertThat(acknowledged).isGreaterThan(SEEDS * 10);
    assertThat(unknown).isGreaterThan(SEEDS / 10);
    assertThat(epochs).isGreaterThan(SEEDS * 3);
  }

  /** One history, with everything that is nondeterministic drawn from the seed. */
  private static final class Simulation {
    private final String name;
    private final Random random;
    private final ManualClock clock = new ManualClock();
    private final AuditedStore store;
    private final List<Node> nodes = new ArrayList<>();
    private final Set<Long> acknowledged = new HashSet<>();
    private final Set<Long> refused = new HashSet<>();
    private int unknown;
    private long nextMarker = 1000;
    private int depth;

    Simulation(long seed) {
      name = "seed=" + seed;
      random = new Random(seed);
      store = new AuditedStore(random, clock);
      store.betweenCalls(this::others);
      for (int i = 0; i < 3; i++) {
        nodes.add(new Node("node" + i));
      }
    }

    void run() {
      store.faultRate(random.nextInt(4) * 0.15);
      for (int step = 0; step < STEPS; step++) {
        nodes.get(random.nextInt(nodes.size())).act();
        if (random.nextInt(10) == 0) {
          // No call is under way for longer than the retention; clocks and idle times may be.
          store.settle();
          clock.advance(Duration.ofMinutes(random.nextInt(-2, 30)));
        }
      }
      store.faultRate(0);
      store.betweenCalls(() -> {});
      store.settle();
    }

    private void others() {
      clock.advance(Duration.ofMillis(random.nextInt(500)));
      if (depth < nodes.size() && random.nextInt(3) == 0) {
        nodes.get(random.nextInt(nodes.size())).act();
      }
    }

    void audit() {
      Map<Long, Integer> times = new HashMap<>();
      Map<Long, String> writers = new HashMap<>();
      for (CatalogLogEntry entry : store.written.values()) {
        for (CatalogChange change : entry.changes()) {
          if (change instanceof DatabaseCreated created) {
            times.merge(created.database().id(), 1, Integer::sum);
          }
        }
        String writer = entry.creationId().substring(0, entry.creationId().indexOf('/'));
        assertThat(writers.computeIfAbsent(entry.epoch(), epoch -> writer))
            .as("%s: one node commits in epoch %s", name, entry.epoch())
            .isEqualTo(writer);
      }
      assertThat(times.values()).as(name).allMatch(count -> count == 1);
      assertThat(times.keySet()).as(name).containsAll(acknowledged);
      assertThat(times.keySet()).as(name).doesNotContainAnyElementsOf(refused);
      CatalogSnapshot reference = reference();
      for (Node node : nodes) {
        node.catalog.replica().catchUpFromSnapshot();
        assertThat(node.catalog.replica().current()).as(name).isEqualTo(reference);
      }
    }

    /** What all entries ever written amount to; fails if they do not follow each other. */
    CatalogSnapshot reference() {
      CatalogSnapshot snapshot = CatalogSnapshot.empty();
      for (CatalogLogEntry entry : store.written.values()) {
        snapshot = entry.applyTo(snapshot);
      }
      return snapshot;
    }

    /** A node of the simulated cluster. */
    private final class Node {
      private final String id;
      private final Catalog catalog;
      private boolean busy;
      private long entries;

      Node(String id) {
        this.id = id;
        StoreAccess access =
            new StoreAccess(MemoryObjectStore.connections(store), duration -> {}, clock);
        catalog =
            new Catalog(
                id,
                access,
                new Catalog.Settings(5, Duration.ofMinutes(10)),
                Runnable::run,
                clock,
                duration -> {},
                () -> id + "/" + entries++);
      }

      void act() {
        if (busy) {
          return;
        }
        busy = true;
        depth++;
        try {
          switch (random.nextInt(8)) {
            case 0 -> startEpoch();
            case 1 -> catalog.poll();
            case 2 -> catalog.replica().catchUpFromSnapshot();
            default -> commit();
          }
        } catch (SagittaException e) {
          assertThat(e.errorCode().retriable()).as(name).isTrue();
        } finally {
          depth--;
          busy = false;
        }
      }

      private void startEpoch() {
        long before = catalog.replica().current().epoch();
        outcome(catalog.journal().startEpoch(before));
      }

      private void commit() {
        long marker = nextMarker++;
        DatabaseDescriptor database =
            new DatabaseDescriptor(marker, id + "_" + marker, 0, Map.of());
        switch (outcome(
            catalog.journal().commit(snapshot -> List.of(new DatabaseCreated(database))))) {
          case ACKNOWLEDGED -> acknowledged.add(marker);
          case REFUSED -> refused.add(marker);
          case UNKNOWN -> unknown++;
        }
      }

      private Outcome outcome(CompletableFuture<CatalogSnapshot> commit) {
        assertThat(commit).as(name).isDone();
        if (!commit.isCompletedExceptionally()) {
          return Outcome.ACKNOWLEDGED;
        }
        Throwable failure = commit.exceptionNow();
        assertThat(failure).as(name).isInstanceOf(SagittaException.class);
        return failure instanceof CommitOutcomeUnknownException ? Outcome.UNKNOWN : Outcome.REFUSED;
      }
    }
  }

  private enum Outcome {
    ACKNOWLEDGED,
    REFUSED,
    UNKNOWN
  }

  /** Remembers every entry that ever got into the store, removed ones too. */
  private static final class AuditedStore extends FaultyObjectStore {
    private final TreeMap<Long, CatalogLogEntry> written = new TreeMap<>();

    AuditedStore(Random random, ManualClock clock) {
      super(random, clock);
    }

    @Override
    protected boolean store(String key, ByteBuffer content) {
      boolean created = super.store(key, content);
      if (created && key.startsWith("catalog/log/")) {
        byte[] bytes = new byte[content.remaining()];
        content.duplicate().get(bytes);
        CatalogLogEntry entry = CatalogCodec.decodeEntry(key, bytes);
        assertThat(written.putIfAbsent(entry.number(), entry))
            .as("number used again after removal: " + key)
            .isNull();
      }
      return created;
    }
  }
}

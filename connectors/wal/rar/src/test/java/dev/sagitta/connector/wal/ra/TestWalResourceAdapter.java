package dev.sagitta.connector.wal.ra;

import static dev.sagitta.connector.wal.container.Entries.append;
import static dev.sagitta.connector.wal.container.Entries.entry;
import static dev.sagitta.connector.wal.container.Entries.pchannel;
import static dev.sagitta.connector.wal.container.Entries.sendBarrier;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.connector.wal.WalBacklog;
import dev.sagitta.connector.wal.WalConnection;
import dev.sagitta.connector.wal.WalDelivery;
import dev.sagitta.connector.wal.WalEntry;
import dev.sagitta.connector.wal.WalException;
import dev.sagitta.connector.wal.WalListener;
import dev.sagitta.connector.wal.WalRecord;
import dev.sagitta.connector.wal.container.AdapterProcess;
import dev.sagitta.connector.wal.container.CollectingListener;
import dev.sagitta.connector.wal.container.CollectingListener.Received;
import dev.sagitta.connector.wal.container.Eventually;
import dev.sagitta.connector.wal.container.ListenerEndpointFactory;
import dev.sagitta.connector.wal.container.SimpleBootstrapContext;
import dev.sagitta.connector.wal.container.ThreadWorkManager;
import dev.sagitta.connector.wal.container.Threads;
import jakarta.resource.spi.InvalidPropertyException;
import jakarta.resource.spi.ResourceAdapterInternalException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestWalResourceAdapter {
  @TempDir Path directory;

  @Test
  void deliversWhatWasAppendedAndForgetsWhatWasAcknowledged() throws Exception {
    try (AdapterProcess process = AdapterProcess.embedded(directory);
        WalConnection connection = process.connect()) {
      CollectingListener listener = new CollectingListener();
      append(connection, entry(0, "v1", "a"), entry(0, "v1", "b"));
      assertThat(connection.backlog().records()).isEqualTo(2);
      try (var _ = process.activate(listener, process.spec(pchannel(0), 1))) {
        append(connection, entry(0, "v1", "c"));
        Eventually.await("three records", () -> listener.texts().size() == 3);
        assertThat(listener.texts()).containsExactly("a", "b", "c");
        WalRecord first = listener.received().getFirst().record();
        assertThat(first.pchannel()).isEqualTo(pchannel(0));
        assertThat(first.vchannel()).isEqualTo("v1");
        assertThat(first.barrier()).isFalse();
        assertThat(first.redelivered()).isFalse();
        listener.received().getFirst().delivery().acknowledge(records(listener));
        assertThat(connection.backlog()).isEqualTo(new WalBacklog(0, 0));
      }
      assertThat(listener.endCounts()).containsExactly(1);
    }
  }

  @Test
  void survivesRestartAndNeverRedeliversTheAcknowledged() throws Exception {
    try (AdapterProcess process = AdapterProcess.embedded(directory);
        WalConnection connection = process.connect()) {
      CollectingListener listener = new CollectingListener();
      append(connection, entry(0, "v", "a"), entry(0, "v", "b"), entry(1, "w", "c"));
      try (var _ = process.activate(listener, process.spec(pchannel(0) + ", " + pchannel(1), 1))) {
        Eventually.await("three records", () -> listener.texts().size() == 3);
        Received a =
            listener.received().stream().filter(r -> r.text().equals("a")).findFirst().get();
        a.delivery().acknowledge(List.of(a.record()));
      }
    }
    try (AdapterProcess process = AdapterProcess.embedded(directory);
        WalConnection connection = process.connect()) {
      CollectingListener listener = new CollectingListener();
      try (var _ = process.activate(listener, process.spec(pchannel(0) + "," + pchannel(1), 1))) {
        append(connection, entry(0, "v", "d"), entry(1, "w", "e"));
        Eventually.await("four records", () -> listener.texts().size() == 4);
      }
      assertThat(listener.texts()).containsExactlyInAnyOrder("b", "c", "d", "e");
      assertThat(listener.texts()).containsSubsequence("b", "d").containsSubsequence("c", "e");
    }
  }

  @Test
  void bodyCanBeReleasedAndForeignRecordsAreRefused() throws Exception {
    try (AdapterProcess process = AdapterProcess.embedded(directory);
        WalConnection connection = process.connect()) {
      CollectingListener listener = new CollectingListener();
      append(connection, entry(0, "v", "a"), entry(1, "w", "b"));
      try (var _ = process.activate(listener, process.spec(pchannel(0), 1));
          var _ = process.activate(listener, process.spec(pchannel(1), 1))) {
        Eventually.await("two records", () -> listener.texts().size() == 2);
        Received one = listener.received().get(0);
        Received other = listener.received().get(1);
        assertThat(one.delivery().sessionId()).isNotEqualTo(other.delivery().sessionId());
        assertThatThrownBy(() -> one.delivery().acknowledge(List.of(other.record())))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("not delivered by this session");
        assertThat(one.record().body()).hasSize(one.record().size());
        one.record().releaseBody();
        assertThat(one.record().size()).isEqualTo(1);
        assertThatThrownBy(() -> one.record().body()).isInstanceOf(IllegalStateException.class);
        one.delivery().acknowledge(List.of(one.record()));
        one.delivery().acknowledge(List.of(one.record()));
        assertThat(connection.backlog().records()).isEqualTo(1);
      }
    }
  }

  @Test
  void failingListenerEndsItsSessionAndGetsTheRecordsAgain() throws Exception {
    try (AdapterProcess process = AdapterProcess.embedded(directory);
        WalConnection connection = process.connect()) {
      CollectingListener collected = new CollectingListener();
      AtomicInteger failures = new AtomicInteger(2);
      WalListener listener =
          new WalListener() {
            @Override
            public void onRecords(List<WalRecord> batch, WalDelivery delivery) {
              if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("the listener's own trouble");
              }
              collected.onRecords(batch, delivery);
            }

            @Override
            public void onSessionEnded(WalDelivery delivery) {
              assertThat(delivery.alive()).isFalse();
              collected.onSessionEnded(delivery);
            }
          };
      ListenerEndpointFactory endpoints = new ListenerEndpointFactory(listener, 3);
      try (var _ = process.activate(endpoints, process.spec(pchannel(0), 1))) {
        append(connection, entry(0, "v", "a"));
        Eventually.await("the record", () -> collected.texts().equals(List.of("a")));
        Received received = collected.received().getFirst();
        assertThat(collected.endCounts()).containsExactly(1, 1);
        received.delivery().acknowledge(List.of(received.record()));
      }
      assertThat(collected.endCounts()).containsExactly(1, 1, 1);
      assertThat(endpoints.openEndpoints()).isZero();
      assertThatThrownBy(
              () -> collected.received().getFirst().delivery().acknowledge(records(collected)))
          .isInstanceOf(WalException.class)
          .hasMessageContaining("has ended");
    }
  }

  @Test
  void tasksGoOneAtATimeToFreeSessions() throws Exception {
    try (AdapterProcess process = AdapterProcess.embedded(directory);
        WalConnection connection = process.connect()) {
      CollectingListener listener = new CollectingListener();
      for (int task = 0; task < 6; task++) {
        append(
            connection,
            new WalEntry("sagitta-index-builds", "", Integer.toString(task).getBytes(UTF_8)));
      }
      try (var _ = process.activate(listener, process.spec("sagitta-index-builds", 3))) {
        Eventually.await("a task for each session", () -> listener.received().size() >= 3);
        assertThat(sessions(listener)).hasSize(3);
        assertThat(listener.received()).hasSize(3);
        Set<WalRecord> done = new HashSet<>();
        while (done.size() < 6) {
          Eventually.await("another task", () -> listener.received().size() > done.size());
          for (Received received : listener.received()) {
            if (done.add(received.record())) {
              received.delivery().acknowledge(List.of(received.record()));
            }
          }
        }
        assertThat(listener.texts()).containsExactlyInAnyOrder("0", "1", "2", "3", "4", "5");
        assertThat(connection.backlog().records()).isZero();
      }
    }
  }

  @Test
  void holdsBackWhatMayNotBeUnacknowledgedAndGoesOnAfterwards() throws Exception {
    try (AdapterProcess process = AdapterProcess.embedded(directory);
        WalConnection connection = process.connect()) {
      CollectingListener listener = new CollectingListener();
      WalActivationSpec spec = process.spec(pchannel(0), 1);
      spec.setMaxUnacknowledged(10);
      spec.setMaxBatch(4);
      for (int i = 0; i < 25; i++) {
        append(connection, entry(0, "v", Integer.toString(i)));
      }
      sendBarrier(connection, entry(0, "v", "barrier"));
      List<String> expected = new ArrayList<>();
      try (var _ = process.activate(listener, spec)) {
        int acknowledged = 0;
        while (acknowledged < 25) {
          int limit = Math.min(25, acknowledged + 10);
          Eventually.await("full window", () -> listener.received().size() >= limit);
          List<Received> received = listener.received();
          if (acknowledged + 10 <= 25) {
            assertThat(received).hasSize(limit);
          }
          received
              .getFirst()
              .delivery()
              .acknowledge(
                  received.subList(acknowledged, limit).stream().map(Received::record).toList());
          acknowledged = limit;
        }
        Eventually.await("the barrier", () -> listener.received().size() == 26);
        for (int i = 0; i < 25; i++) {
          expected.add(Integer.toString(i));
        }
        expected.add("barrier");
        assertThat(listener.texts()).isEqualTo(expected);
        assertThat(listener.received().getLast().record().barrier()).isTrue();
      }
    }
  }

  @Test
  void startsAreCounted() throws Exception {
    WalResourceAdapter adapter = new WalResourceAdapter();
    adapter.setDirectory(directory.toString());
    SimpleBootstrapContext context = new SimpleBootstrapContext(new ThreadWorkManager());
    adapter.start(context);
    adapter.start(context);
    WalResourceAdapter twin = new WalResourceAdapter();
    twin.setDirectory(directory.toString());
    twin.start(context);
    assertThat(twin.appender()).isSameAs(adapter.appender());
    adapter.stop();
    twin.stop();
    assertThat(adapter.appender().backlog()).isEqualTo(new WalBacklog(0, 0));
    adapter.stop();
    adapter.stop();
    assertThatThrownBy(adapter::appender).isInstanceOf(WalException.class);
  }

  @Test
  void secondBrokerInTheDirectoryIsRefusedWithTheHolder() throws Exception {
    try (AdapterProcess process = AdapterProcess.embedded(directory);
        WalConnection connection = process.connect()) {
      WalResourceAdapter second = new WalResourceAdapter();
      second.setDirectory(directory.toString());
      second.setPchannels("2");
      assertThatThrownBy(() -> AdapterProcess.start(second))
          .isInstanceOf(ResourceAdapterInternalException.class)
          .hasMessageContaining("directory=" + directory)
          .hasMessageContaining("process=" + ProcessHandle.current().pid());
      append(connection, entry(0, "v", "the first broker is unharmed"));
    }
  }

  @Test
  void stopLeavesNoThreadAndFreesTheDirectory() throws Exception {
    Set<Thread> before = Threads.running();
    for (int round = 0; round < 2; round++) {
      try (AdapterProcess process = AdapterProcess.embedded(directory);
          WalConnection connection = process.connect()) {
        CollectingListener listener = new CollectingListener();
        var _ = process.activate(listener, process.spec(pchannel(0), 2));
        append(connection, entry(0, "v", "a"));
        Eventually.await("a record", () -> !listener.texts().isEmpty());
      }
    }
    Threads.awaitGone(before);
  }

  @Test
  void rejectsInvalidSpecifications() throws Exception {
    try (AdapterProcess process = AdapterProcess.embedded(directory)) {
      CollectingListener listener = new CollectingListener();
      assertThatThrownBy(() -> process.activate(listener, process.spec("unknown", 1)))
          .isInstanceOf(InvalidPropertyException.class)
          .hasMessageContaining("queue=unknown");
      assertThatThrownBy(() -> process.activate(listener, process.spec(pchannel(0), 0)))
          .isInstanceOf(InvalidPropertyException.class)
          .hasMessageContaining("maxSessions=0");
      assertThatThrownBy(
              () ->
                  process.activate(
                      listener, process.spec(pchannel(0) + ",sagitta-index-builds", 1)))
          .isInstanceOf(InvalidPropertyException.class)
          .hasMessageContaining("consumed alone");
    }
  }

  private static List<WalRecord> records(CollectingListener listener) {
    return listener.received().stream().map(Received::record).toList();
  }

  private static Set<String> sessions(CollectingListener listener) {
    Set<String> sessions = new HashSet<>();
    listener.received().forEach(received -> sessions.add(received.delivery().sessionId()));
    return sessions;
  }
}

package dev.sagitta.connector.wal.outbound;

import static dev.sagitta.connector.wal.container.Entries.append;
import static dev.sagitta.connector.wal.container.Entries.entry;
import static dev.sagitta.connector.wal.container.Entries.pchannel;
import static dev.sagitta.connector.wal.container.Entries.sendBarrier;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.connector.wal.WalConnection;
import dev.sagitta.connector.wal.WalEntry;
import dev.sagitta.connector.wal.WalException;
import dev.sagitta.connector.wal.WalFullException;
import dev.sagitta.connector.wal.WalRecord;
import dev.sagitta.connector.wal.container.AdapterProcess;
import dev.sagitta.connector.wal.container.CollectingListener;
import dev.sagitta.connector.wal.container.CollectingListener.Received;
import dev.sagitta.connector.wal.container.Eventually;
import dev.sagitta.connector.wal.ra.WalResourceAdapter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestBackPressure {
  private static final int MIB = 1 << 20;

  @TempDir Path directory;

  @Test
  void refusesAboveTheAdmissionBoundLetsBarriersPassAndRecovers() throws Exception {
    WalResourceAdapter adapter = adapter("8MiB", "64MiB");
    try (AdapterProcess process = AdapterProcess.start(adapter);
        WalConnection connection = process.connect()) {
      int appended = 0;
      while (appended < 100) {
        try {
          append(connection, large(0, "v"));
          appended++;
        } catch (ExecutionException e) {
          assertThat(e.getCause())
              .isInstanceOf(WalFullException.class)
              .hasMessageContaining("sagitta.wal.admission-bytes=" + 8 * MIB);
          break;
        }
      }
      // Each record is a little larger than 1 MiB. The broker counts one a moment after it
      // answered.
      assertThat(appended).isBetween(7, 8);
      int records = appended;
      Eventually.await("counted", () -> connection.backlog().records() == records);
      sendBarrier(connection, entry(0, "v", "barrier"));
      append(connection, new WalEntry("sagitta-index-builds", "", new byte[MIB]));

      CollectingListener listener = new CollectingListener();
      try (var _ = process.activate(listener, process.spec(pchannel(0), 1))) {
        Eventually.await("records and barrier", () -> listener.received().size() == records + 1);
        assertThat(listener.received().getLast().record().barrier()).isTrue();
        List<WalRecord> received =
            listener.received().stream().map(Received::record).limit(records).toList();
        listener.received().getFirst().delivery().acknowledge(received);
        append(connection, large(0, "v"));
      }
    }
  }

  @Test
  void brokerBoundFailsTheLargeAndNotTheirNeighbours() throws Exception {
    WalResourceAdapter adapter = adapter("16MiB", "16MiB");
    try (AdapterProcess process = AdapterProcess.start(adapter);
        WalConnection connection = process.connect()) {
      List<CompletableFuture<Void>> all = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        // Task queues are not under admission control: only the broker's bound holds here.
        all.add(
            connection.append(List.of(new WalEntry("sagitta-index-builds", "", new byte[MIB]))));
      }
      int written = 0;
      int refused = 0;
      for (CompletableFuture<Void> one : all) {
        try {
          one.get(20, TimeUnit.SECONDS);
          written++;
        } catch (ExecutionException e) {
          assertThat(e.getCause()).isInstanceOf(WalFullException.class);
          refused++;
        }
      }
      assertThat(written).isBetween(10, 17);
      assertThat(refused).isEqualTo(40 - written);
      assertThat(process.adapter().appender().closed()).isFalse();
    }
  }

  @Test
  void requestToAnUnknownQueueFailsAsAWholeAndAlone() throws Exception {
    try (AdapterProcess process = AdapterProcess.start(adapter("8MiB", "64MiB"));
        WalConnection connection = process.connect()) {
      List<CompletableFuture<Void>> good = new ArrayList<>();
      List<CompletableFuture<Void>> bad = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        good.add(connection.append(List.of(entry(0, "v", "g"), entry(1, "w", "g"))));
        bad.add(
            connection.append(
                List.of(entry(0, "v", "b"), new WalEntry("unknown", "x", new byte[1]))));
      }
      for (CompletableFuture<Void> one : good) {
        one.get(20, TimeUnit.SECONDS);
      }
      for (CompletableFuture<Void> one : bad) {
        assertThatThrownBy(() -> one.get(20, TimeUnit.SECONDS))
            .hasCauseInstanceOf(WalException.class)
            .hasMessageContaining("unknown");
      }
      assertThat(connection.backlog().records()).isEqualTo(40);
    }
  }

  @Test
  void deliversMoreThanTheBrokerReadsAheadAndNeverPages() throws Exception {
    int records = 3_000;
    try (AdapterProcess process = AdapterProcess.start(adapter("64MiB", "128MiB"));
        WalConnection connection = process.connect()) {
      CollectingListener listener = new CollectingListener();
      try (var _ = process.activate(listener, process.spec(pchannel(0), 1))) {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < records; i++) {
          all.add(
              connection.append(List.of(new WalEntry(pchannel(0), "v" + i % 5, new byte[16384]))));
        }
        for (CompletableFuture<Void> one : all) {
          one.get(20, TimeUnit.SECONDS);
        }
        Eventually.await("all delivered", () -> listener.received().size() == records);
        assertThat(connection.backlog().records()).isEqualTo(records);
      }
    }
    try (var files = Files.walk(directory)) {
      assertThat(files.filter(file -> file.toString().endsWith(".page"))).isEmpty();
    }
  }

  @Test
  void refusesWhatIsTooLargeOrNothingAndClosedHandles() throws Exception {
    try (AdapterProcess process = AdapterProcess.start(adapter("8MiB", "64MiB"))) {
      WalConnection closed;
      try (WalConnection connection = process.connect()) {
        closed = connection;
        assertThatThrownBy(
                () -> connection.append(List.of(new WalEntry(pchannel(0), "v", new byte[7 * MIB]))))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("bytes=" + 7 * MIB);
        assertThatThrownBy(() -> connection.append(List.of()))
            .isInstanceOf(IllegalArgumentException.class);
      }
      assertThatThrownBy(() -> closed.append(List.of(entry(0, "v", "a"))))
          .isInstanceOf(WalException.class)
          .hasMessageContaining("closed");
    }
  }

  private WalResourceAdapter adapter(String admissionBytes, String maximumBytes) {
    WalResourceAdapter adapter = new WalResourceAdapter();
    adapter.setDirectory(directory.toString());
    adapter.setAdmissionBytes(admissionBytes);
    adapter.setMaxBytes(maximumBytes);
    return adapter;
  }

  private static WalEntry large(int pchannel, String vchannel) {
    return new WalEntry(pchannel(pchannel), vchannel, new byte[MIB]);
  }
}

package dev.sagitta.connector.wal.ra;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sagitta.connector.wal.WalBacklog;
import dev.sagitta.connector.wal.WalConnection;
import dev.sagitta.connector.wal.WalEntry;
import dev.sagitta.connector.wal.WalRecord;
import dev.sagitta.connector.wal.container.AdapterProcess;
import dev.sagitta.connector.wal.container.CollectingListener;
import dev.sagitta.connector.wal.container.Eventually;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestWalResourceAdapter {
  private static final String QUEUE = "sagitta-dml_0";

  @TempDir Path directory;

  @Test
  void deliversWhatWasAppendedAndForgetsWhatWasAcknowledged() throws Exception {
    try (AdapterProcess process = AdapterProcess.embedded(directory);
        WalConnection connection = process.connect()) {
      CollectingListener listener = new CollectingListener();
      connection.append(List.of(entry("v1", "a"), entry("v1", "b"))).get(10, TimeUnit.SECONDS);
      assertThat(connection.backlog().records()).isEqualTo(2);
      try (var _ = process.activate(listener, process.spec(QUEUE, 1))) {
        connection.append(List.of(entry("v1", "c"))).get(10, TimeUnit.SECONDS);
        Eventually.await("three records", () -> listener.texts().size() == 3);
        assertThat(listener.texts()).containsExactly("a", "b", "c");
        List<WalRecord> records =
            listener.received().stream().map(CollectingListener.Received::record).toList();
        listener.received().getFirst().delivery().acknowledge(records);
        assertThat(connection.backlog()).isEqualTo(new WalBacklog(0, 0));
      }
      assertThat(listener.endCounts()).containsExactly(1);
    }
  }

  private static WalEntry entry(String vchannel, String text) {
    return new WalEntry(QUEUE, vchannel, text.getBytes(UTF_8));
  }
}

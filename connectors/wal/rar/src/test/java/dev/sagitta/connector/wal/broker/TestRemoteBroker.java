package dev.sagitta.connector.wal.broker;

import static dev.sagitta.connector.wal.container.Entries.append;
import static dev.sagitta.connector.wal.container.Entries.entry;
import static dev.sagitta.connector.wal.container.Entries.pchannel;
import static dev.sagitta.connector.wal.container.Entries.sendBarrier;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.connector.wal.WalConnection;
import dev.sagitta.connector.wal.WalException;
import dev.sagitta.connector.wal.container.AdapterProcess;
import dev.sagitta.connector.wal.container.CollectingListener;
import dev.sagitta.connector.wal.container.CollectingListener.Received;
import dev.sagitta.connector.wal.container.Eventually;
import dev.sagitta.connector.wal.ra.WalResourceAdapter;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.activemq.artemis.api.core.ActiveMQSecurityException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestRemoteBroker {
  private static final int GROUPS = 10;

  @TempDir Path directory;

  private String address;

  @BeforeEach
  void chooseFreePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      address = "127.0.0.1:" + socket.getLocalPort();
    }
  }

  @Test
  void secondProcessAppendsReceivesAndLeavesWithoutHarm() throws Exception {
    CollectingListener first = new CollectingListener();
    CollectingListener second = new CollectingListener();
    try (AdapterProcess embedded = AdapterProcess.start(embedded());
        WalConnection connection = embedded.connect()) {
      try (AdapterProcess remote = AdapterProcess.start(remote());
          WalConnection remoteConnection = remote.connect()) {
        try (var _ = embedded.activate(first, embedded.spec(pchannel(0), 1));
            var _ = remote.activate(second, remote.spec(pchannel(0), 1))) {
          Eventually.await(
              "groups at both",
              () -> {
                for (int group = 0; group < GROUPS; group++) {
                  append(remoteConnection, entry(0, "v" + group, "r"));
                }
                return !first.received().isEmpty() && !second.received().isEmpty();
              });
          String group = second.received().getFirst().record().vchannel();
          sendBarrier(connection, entry(0, group, "barrier"));
          Eventually.await("the barrier", () -> second.texts().contains("barrier"));
          long records = connection.backlog().records();
          Eventually.await(
              "the remote backlog", () -> remoteConnection.backlog().records() == records);
          Received one = second.received().getFirst();
          one.delivery().acknowledge(List.of(one.record()));
          assertThat(connection.backlog().records()).isEqualTo(records - 1);
          Eventually.await(
              "the remote backlog to shrink",
              () -> remoteConnection.backlog().records() == records - 1);
        }
      }
      long left = connection.backlog().records();
      CollectingListener again = new CollectingListener();
      try (var _ = embedded.activate(again, embedded.spec(pchannel(0), 1))) {
        Eventually.await("all that is left", () -> records(again) == left);
      }
    }
  }

  @Test
  void groupsOfAKilledProcessMoveToTheLiving() throws Exception {
    CollectingListener living = new CollectingListener();
    try (AdapterProcess embedded = AdapterProcess.start(embedded());
        WalConnection connection = embedded.connect();
        var _ = embedded.activate(living, embedded.spec(pchannel(0), 1))) {
      List<String> sent = new ArrayList<>();
      Set<String> receivedByKilled = new HashSet<>();
      Process joining = join();
      try (BufferedReader output =
          new BufferedReader(new InputStreamReader(joining.getInputStream(), UTF_8))) {
        assertThat(output.readLine()).isEqualTo("joined");
        for (int round = 0; receivedByKilled.isEmpty(); round++) {
          for (int group = 0; group < GROUPS; group++) {
            append(connection, entry(0, "v" + group, Integer.toString(round)));
            sent.add("v" + group + " " + round);
          }
          while (output.ready()) {
            String line = output.readLine();
            receivedByKilled.add(line.substring("received ".length()));
          }
        }
      } finally {
        joining.toHandle().destroyForcibly();
        joining.waitFor();
      }
      Eventually.await("everything at the living", () -> living.received().size() == sent.size());
      for (int group = 0; group < GROUPS; group++) {
        String vchannel = "v" + group;
        assertThat(textsOf(living, vchannel))
            .containsExactlyElementsOf(
                sent.stream().filter(text -> text.startsWith(vchannel + " ")).toList());
      }
    }
  }

  @Test
  void credentialsAreChecked() throws Exception {
    WalResourceAdapter broker = embedded();
    broker.setUser("sagitta");
    broker.setPassword("right");
    try (AdapterProcess embedded = AdapterProcess.start(broker);
        WalConnection connection = embedded.connect()) {
      append(connection, entry(0, "v", "a"));
      WalResourceAdapter stranger = remote();
      stranger.setUser("sagitta");
      stranger.setPassword("wrong");
      stranger.setAppendTimeout("1s");
      try (AdapterProcess remote = AdapterProcess.start(stranger)) {
        assertThatThrownBy(
                () -> {
                  try (WalConnection refused = remote.connect()) {
                    append(refused, entry(0, "v", "b"));
                  }
                })
            .hasRootCauseInstanceOf(ActiveMQSecurityException.class);
      }
      WalResourceAdapter friend = remote();
      friend.setUser("sagitta");
      friend.setPassword("right");
      try (AdapterProcess remote = AdapterProcess.start(friend);
          WalConnection accepted = remote.connect()) {
        append(accepted, entry(0, "v", "b"));
      }
      assertThat(connection.backlog().records()).isEqualTo(2);
    }
  }

  @Test
  void appendsAndSessionsComeBackAfterTheBroker() throws Exception {
    CollectingListener listener = new CollectingListener();
    try (AdapterProcess remote = AdapterProcess.start(remote())) {
      try (AdapterProcess embedded = AdapterProcess.start(embedded());
          var _ = remote.activate(listener, remote.spec(pchannel(0), 1));
          WalConnection connection = remote.connect()) {
        append(connection, entry(0, "v", "a"));
        Eventually.await("the record", () -> listener.texts().equals(List.of("a")));
        embedded.adapter().stop();
        Eventually.await("the session's end", () -> listener.endCounts().equals(List.of(1)));
        WalConnection late = connection;
        assertThatThrownBy(() -> append(late, entry(0, "v", "lost")))
            .hasCauseInstanceOf(WalException.class);
        embedded.restart();
        append(connection, entry(0, "v", "b"));
        Eventually.await(
            "old and new record", () -> listener.texts().equals(List.of("a", "a", "b")));
      }
    }
  }

  private WalResourceAdapter embedded() {
    WalResourceAdapter adapter = new WalResourceAdapter();
    adapter.setDirectory(directory.toString());
    adapter.setAcceptor(address);
    return adapter;
  }

  private WalResourceAdapter remote() {
    WalResourceAdapter adapter = new WalResourceAdapter();
    adapter.setBroker("remote");
    adapter.setUrl("tcp://" + address);
    adapter.setAppendTimeout("3s");
    return adapter;
  }

  private Process join() throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            JoiningProcess.class.getName(),
            "tcp://" + address)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static long records(CollectingListener listener) {
    return listener.received().stream().filter(received -> !received.record().barrier()).count();
  }

  private static List<String> textsOf(CollectingListener listener, String vchannel) {
    return listener.received().stream()
        .filter(received -> received.record().vchannel().equals(vchannel))
        .map(received -> vchannel + " " + received.text())
        .toList();
  }
}

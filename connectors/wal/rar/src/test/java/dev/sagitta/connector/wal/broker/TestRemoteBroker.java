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
import dev.sagitta.connector.wal.container.Threads;
import dev.sagitta.connector.wal.ra.WalResourceAdapter;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.api.core.ActiveMQSecurityException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestRemoteBroker {
  private static final String STORE_PASSWORD = "not-secret";

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
          AtomicInteger groups = new AtomicInteger();
          Eventually.await(
              "groups at both",
              () -> {
                append(remoteConnection, entry(0, "v" + groups.getAndIncrement(), "r"));
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
        // Groups stay with their consumer: only new ones can come to the process that joined.
        for (int group = 0; group < 200 && receivedByKilled.isEmpty(); group++) {
          for (int i = 0; i < 3; i++) {
            append(connection, entry(0, "v" + group, Integer.toString(i)));
            sent.add("v" + group + " " + i);
          }
          while (output.ready()) {
            receivedByKilled.add(output.readLine().substring("received ".length()));
          }
        }
        assertThat(receivedByKilled).isNotEmpty();
      } finally {
        joining.toHandle().destroyForcibly();
        joining.waitFor();
      }
      Eventually.await("everything at the living", () -> living.received().size() == sent.size());
      for (int i = 0; i < sent.size(); i += 3) {
        String vchannel = sent.get(i).substring(0, sent.get(i).indexOf(' '));
        assertThat(textsOf(living, vchannel)).isEqualTo(sent.subList(i, i + 3));
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

  @Test
  void remoteSideLeavesNoThread() throws Exception {
    try (AdapterProcess embedded = AdapterProcess.start(embedded());
        WalConnection connection = embedded.connect()) {
      append(connection, entry(0, "v", "a"));
      try (AdapterProcess warmUp = AdapterProcess.start(remote());
          WalConnection remoteConnection = warmUp.connect()) {
        append(remoteConnection, entry(0, "v", "b"));
      }
    }
    Set<Thread> before = Threads.running();
    try (AdapterProcess embedded = AdapterProcess.start(embedded())) {
      CollectingListener listener = new CollectingListener();
      try (AdapterProcess remote = AdapterProcess.start(remote());
          WalConnection remoteConnection = remote.connect();
          var _ = embedded.activate(listener, embedded.spec(pchannel(0), 1))) {
        append(remoteConnection, entry(0, "v", "c"));
        Eventually.await("records", () -> listener.received().size() == 3);
      }
    }
    Threads.awaitGone(before);
  }

  @Test
  void talksTlsAndOnlyToTheTrusted() throws Exception {
    Path keyStore = createKeyStore("broker.p12");
    Path otherKeyStore = createKeyStore("other.p12");
    WalResourceAdapter broker = embedded();
    broker.setTlsEnabled("true");
    broker.setTlsKeyStore(keyStore.toString());
    broker.setTlsKeyStorePassword(STORE_PASSWORD);
    try (AdapterProcess embedded = AdapterProcess.start(broker);
        WalConnection connection = embedded.connect()) {
      try (AdapterProcess trusting = AdapterProcess.start(remoteWithTls(keyStore));
          WalConnection remoteConnection = trusting.connect()) {
        append(remoteConnection, entry(0, "v", "a"));
      }
      for (WalResourceAdapter refused : List.of(remoteWithTls(otherKeyStore), remote())) {
        refused.setAppendTimeout("1s");
        try (AdapterProcess process = AdapterProcess.start(refused)) {
          assertThatThrownBy(process::connect).hasMessageContaining("cannot connect");
        }
      }
      assertThat(connection.backlog().records()).isEqualTo(1);
    }
  }

  private WalResourceAdapter remoteWithTls(Path trustStore) {
    WalResourceAdapter adapter = remote();
    adapter.setTlsEnabled("true");
    adapter.setTlsTrustStore(trustStore.toString());
    adapter.setTlsTrustStorePassword(STORE_PASSWORD);
    return adapter;
  }

  private Path createKeyStore(String name) throws Exception {
    Path file = directory.resolve(name);
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> command =
        List.of(
            keytool,
            "-genkeypair",
            "-alias",
            "key",
            "-keyalg",
            "EC",
            "-dname",
            "CN=localhost",
            "-ext",
            "SAN=IP:127.0.0.1",
            "-validity",
            "2",
            "-storetype",
            "PKCS12",
            "-keystore",
            file.toString(),
            "-storepass",
            STORE_PASSWORD);
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor()).isZero();
    return file;
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

package dev.sagitta.coordinator.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.coordinator.time.DeadlineWait;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.time.Deadline;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two real instances on loopback: membership, calls and what becomes of them when a node goes. */
final class TestHazelcastCluster {
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final List<HazelcastCluster> started = new ArrayList<>();

  @AfterEach
  void stop() {
    started.forEach(HazelcastCluster::stop);
    executor.shutdownNow();
  }

  @Test
  void nodesJoinCallAndLeave() throws Exception {
    HazelcastCluster first = node(freePort(), List.of());
    AtomicInteger changes = new AtomicInteger();
    first.addMembershipListener(changes::incrementAndGet);
    first.registerService("echo", request -> ("1" + text(request)).getBytes(UTF_8));
    first.registerService("fail", this::fail);
    first.start();
    assertThat(first.nodeIds()).containsExactly(first.localNodeId());
    HazelcastCluster second =
        node(first.listening().orElseThrow().port(), List.of(first.listening().orElseThrow()));
    CountDownLatch hanging = new CountDownLatch(1);
    second.registerService(
        "hang",
        request -> {
          hanging.countDown();
          return awaitInterrupt();
        });
    second.start();
    await(() -> first.nodeIds().size() == 2);
    assertThat(second.nodeIds()).containsExactly(first.localNodeId(), second.localNodeId());

    assertThat(call(second, first, "echo", "x")).isEqualTo("1x");
    assertThat(call(first, first, "echo", "y")).isEqualTo("1y");
    refusedWith(ErrorCode.ALIAS_NOT_FOUND, () -> call(second, first, "fail", "known"));
    refusedWith(ErrorCode.INTERNAL, () -> call(second, first, "fail", "unknown"));
    refusedWith(ErrorCode.INTERNAL, () -> call(first, first, "fail", "unknown"));
    refusedWith(ErrorCode.SERVICE_NOT_READY, () -> call(second, first, "no such service", ""));
    assertThatThrownBy(() -> call(second, "nobody", "echo", ""))
        .isInstanceOf(NodeUnavailableException.class);
    CompletableFuture<byte[]> slow =
        first.call(
            second.localNodeId(), "hang", new byte[0], Deadline.after(Duration.ofMillis(100)));
    refusedWith(ErrorCode.TIMEOUT, () -> DeadlineWait.result(slow, seconds(10), "test"));

    hanging.await();
    CompletableFuture<byte[]> cut =
        first.call(second.localNodeId(), "hang", new byte[0], seconds(30));
    second.stop();
    assertThatThrownBy(() -> DeadlineWait.result(cut, seconds(20), "test"))
        .isInstanceOf(NodeUnavailableException.class);
    await(() -> first.nodeIds().size() == 1);
    assertThat(changes).hasValueGreaterThanOrEqualTo(3);
  }

  @Test
  void beforeItJoinsANodeIsAlone() throws Exception {
    HazelcastCluster cluster = node(freePort(), List.of());
    cluster.registerService("echo", request -> request);
    assertThat(cluster.started()).isFalse();
    assertThat(cluster.nodeIds()).containsExactly(cluster.localNodeId());
    assertThat(call(cluster, cluster, "echo", "alone")).isEqualTo("alone");
    assertThatThrownBy(() -> cluster.registerService("echo", request -> request))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void addressesAreParsedOrRefused() {
    assertThat(ClusterSettings.Address.parse("10.0.0.1:6801"))
        .isEqualTo(new ClusterSettings.Address("10.0.0.1", 6801));
    for (String bad : List.of("", "host", ":1", "host:", "host:x", "host:0", "host:65536")) {
      assertThatThrownBy(() -> ClusterSettings.Address.parse(bad))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private byte[] fail(byte[] request) {
    if (text(request).equals("known")) {
      throw new SagittaException(ErrorCode.ALIAS_NOT_FOUND, "alias not found[alias=a]");
    }
    throw new IllegalStateException("broken");
  }

  private static byte[] awaitInterrupt() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new byte[0];
  }

  private static void refusedWith(ErrorCode code, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            SagittaException.class, e -> assertThat(e.errorCode()).isEqualTo(code));
  }

  private HazelcastCluster node(int port, List<ClusterSettings.Address> join) {
    HazelcastCluster cluster =
        new HazelcastCluster(
            UUID.randomUUID().toString(),
            new ClusterSettings(
                "test-" + ProcessHandle.current().pid(),
                new ClusterSettings.Address("127.0.0.1", port),
                join),
            executor);
    started.add(cluster);
    return cluster;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return Math.min(socket.getLocalPort(), 65_000);
    }
  }

  private static String call(
      HazelcastCluster from, HazelcastCluster to, String service, String text) {
    return call(from, to.localNodeId(), service, text);
  }

  private static String call(HazelcastCluster from, String to, String service, String text) {
    return text(
        DeadlineWait.result(
            from.call(to, service, text.getBytes(UTF_8), seconds(10)), seconds(10), service));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }

  private static Deadline seconds(long seconds) {
    return Deadline.after(Duration.ofSeconds(seconds));
  }

  private static void await(BooleanSupplier condition) {
    Deadline deadline = seconds(20);
    while (!condition.getAsBoolean()) {
      assertThat(deadline.hasPassed()).isFalse();
      Thread.onSpinWait();
    }
  }
}

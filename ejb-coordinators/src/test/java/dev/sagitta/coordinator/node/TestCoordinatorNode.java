package dev.sagitta.coordinator.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.coordinator.catalog.MemoryObjectStore;
import dev.sagitta.coordinator.index.FakeLog;
import dev.sagitta.coordinator.root.RootCoordinator;
import dev.sagitta.engine.catalog.ConsistencyLevel;
import dev.sagitta.engine.catalog.VchannelDescriptor;
import dev.sagitta.engine.configuration.Configuration;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.time.Deadline;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whole nodes with their own threads and a real cluster, over one store. */
final class TestCoordinatorNode {
  private final MemoryObjectStore store = new MemoryObjectStore(InstantSource.system());
  private final FakeLog log = new FakeLog();
  private final List<CoordinatorNode> nodes = new ArrayList<>();

  @AfterEach
  void stop() {
    nodes.forEach(CoordinatorNode::stop);
  }

  @Test
  void aFollowerWorksThroughTheLeaderAndTakesOverWhenItGoes() throws Exception {
    CoordinatorNode first = start(freePort(), "");
    assertThat(first.health().whyNotReady()).isPresent();
    await(() -> first.health().whyNotReady().isEmpty());
    String address = first.listening().orElseThrow().toString();
    CoordinatorNode second = start(first.listening().orElseThrow().port(), address);
    await(() -> second.health().whyNotReady().isEmpty() && first.health().nodes() == 2);
    assertThat(first.health().leading()).isTrue();
    assertThat(second.health().leader()).contains(first.cluster().localNodeId());

    second.rootCoordinator().createCollection(books(), seconds());
    assertThat(second.catalogFollower().current().collection(1, "books")).isPresent();
    String vchannel =
        second.catalogFollower().current().collection(1, "books").orElseThrow().vchannels().get(0);
    VchannelDescriptor claimed =
        second.dataCoordinator().claim(vchannel, second.cluster().localNodeId(), seconds());
    assertThat(claimed.ownerEpoch()).isEqualTo(1);
    long version = second.catalogFollower().current().version();
    assertThat(first.catalogFollower().awaitVersion(version, seconds()).vchannels())
        .containsKey(vchannel);
    long before = second.timestampOracle().allocate(10, seconds());
    assertThat(first.timestampOracle().allocate(1, seconds())).isGreaterThan(before + 9);

    first.stop();
    second.rootCoordinator().createDatabase("after", Map.of(), seconds());
    assertThat(second.health().leading()).isTrue();
    assertThat(second.timestampOracle().allocate(1, seconds())).isGreaterThan(before + 10);
    assertThatThrownBy(() -> second.rootCoordinator().createDatabase("after", Map.of(), seconds()))
        .isInstanceOfSatisfying(
            SagittaException.class, e -> assertThat(e.errorCode()).isEqualTo(ErrorCode.UNEXPECTED))
        .hasMessageContaining("database already exist");
  }

  private CoordinatorNode start(int port, String join) {
    Map<String, String> settings =
        Map.of(
            "sagitta.cluster.name", "test-node-" + ProcessHandle.current().pid(),
            "sagitta.cluster.bind", "127.0.0.1:" + port,
            "sagitta.cluster.join", join);
    CoordinatorNode node =
        new CoordinatorNode(
            new Configuration(name -> Optional.ofNullable(settings.get(name))),
            MemoryObjectStore.connections(store),
            () -> log,
            Executors.defaultThreadFactory());
    nodes.add(node);
    node.start();
    return node;
  }

  private static RootCoordinator.CollectionCreation books() {
    CollectionSchema schema =
        new CollectionSchema(
            "books",
            "",
            List.of(
                FieldSchema.of(0, "id", DataType.INT64).asPrimaryKey(false),
                FieldSchema.of(0, "vector", DataType.FLOAT_VECTOR)
                    .withParameters(Map.of("dim", "4"))),
            true);
    return new RootCoordinator.CollectionCreation(
        "default", schema, 2, Optional.empty(), ConsistencyLevel.BOUNDED, Map.of());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return Math.min(socket.getLocalPort(), 65_000);
    }
  }

  private static Deadline seconds() {
    return Deadline.after(Duration.ofSeconds(20));
  }

  private static void await(BooleanSupplier condition) {
    Deadline deadline = seconds();
    while (!condition.getAsBoolean()) {
      assertThat(deadline.hasPassed()).isFalse();
      Thread.onSpinWait();
    }
  }
}

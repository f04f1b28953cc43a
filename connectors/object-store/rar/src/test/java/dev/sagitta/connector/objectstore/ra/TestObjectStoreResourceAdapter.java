package dev.sagitta.connector.objectstore.ra;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.connector.objectstore.ObjectStore;
import dev.sagitta.connector.objectstore.ObjectStoreConnectionFactory;
import dev.sagitta.connector.objectstore.ObjectStoreException;
import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ManagedConnection;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drives the adapter as a server does. */
final class TestObjectStoreResourceAdapter {
  @TempDir Path directory;
  private final SharedStores stores = new SharedStores();
  private final ObjectStoreResourceAdapter adapter = new ObjectStoreResourceAdapter(stores);
  private final FakePool pool = new FakePool(2);
  private ObjectStoreManagedConnectionFactory managedConnectionFactory;
  private ObjectStoreConnectionFactory factory;

  @BeforeEach
  void start() {
    adapter.start(null);
    managedConnectionFactory = managedConnectionFactory("objects");
    factory = (ObjectStoreConnectionFactory) managedConnectionFactory.createConnectionFactory(pool);
  }

  private ObjectStoreManagedConnectionFactory managedConnectionFactory(String name) {
    ObjectStoreManagedConnectionFactory created = new ObjectStoreManagedConnectionFactory();
    created.setLocalDirectory(directory.resolve(name).toString());
    created.setResourceAdapter(adapter);
    return created;
  }

  @AfterEach
  void stop() {
    adapter.stop();
  }

  @Test
  void testConnectionsReadAndWriteTheStore() throws Exception {
    try (ObjectStore connection = factory.connect()) {
      connection.put("a", ByteBuffer.wrap("1".getBytes(UTF_8)));
      assertThat(connection.putIfAbsent("a", ByteBuffer.wrap(new byte[1]))).isFalse();
      Path copy = directory.resolve("copy");
      connection.getToFile("a", copy);
      assertThat(copy).hasContent("1");
      connection.putFile("b", copy);
      assertThat(connection.localFile("b")).isPresent();
      assertThat(connection.toString()).contains("objects");
    }
    try (ObjectStore connection = factory.connect()) {
      assertThat(connection.get("b")).isEqualTo("1".getBytes(UTF_8));
    }
    assertThat(Files.exists(directory.resolve("objects/a"))).isTrue();
  }

  @Test
  void testClosedConnectionsGoBackToThePool() {
    ObjectStore first = factory.connect();
    ObjectStore second = factory.connect();
    assertThat(pool.busy()).isEqualTo(2);
    assertThatThrownBy(factory::connect)
        .isInstanceOf(ObjectStoreException.class)
        .hasMessageContaining("exhausted");
    first.close();
    first.close();
    assertThat(pool.busy()).isEqualTo(1);
    assertThat(pool.idle()).isEqualTo(1);
    try (ObjectStore third = factory.connect()) {
      assertThat(third.head("x")).isEmpty();
      assertThatThrownBy(() -> first.head("x"))
          .isInstanceOf(ObjectStoreException.class)
          .hasMessageContaining("closed");
    }
    second.close();
    assertThat(pool.idle()).isEqualTo(2);
  }

  /** Payara removes the pools of an application before it stops the beans that flush. */
  @Test
  void testTheStoreOutlivesThePool() throws Exception {
    ObjectStore before = factory.connect();
    pool.remove();
    assertThatThrownBy(() -> before.head("x"))
        .isInstanceOf(ObjectStoreException.class)
        .hasMessageContaining("closed");
    ObjectStore unpooled = factory.connect();
    try (ObjectStore another = factory.connect()) {
      another.put("late", ByteBuffer.wrap("1".getBytes(UTF_8)));
      assertThat(unpooled.get("late")).isEqualTo("1".getBytes(UTF_8));
    }
    unpooled.close();
    assertThatThrownBy(() -> unpooled.head("late"))
        .isInstanceOf(ObjectStoreException.class)
        .hasMessageContaining("closed");
    adapter.stop();
    assertThatThrownBy(factory::connect)
        .isInstanceOf(ObjectStoreException.class)
        .hasMessageContaining("no such pool");
  }

  @Test
  void testFailedOperationsKeepTheConnection() {
    try (ObjectStore connection = factory.connect()) {
      assertThatThrownBy(() -> connection.get("absent")).isInstanceOf(ObjectStoreException.class);
      assertThatThrownBy(() -> connection.get("../bad"))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(connection.head("absent")).isEmpty();
    }
    assertThat(pool.idle()).isEqualTo(1);
  }

  @Test
  void testCleanupDetachesAllHandles() throws Exception {
    ManagedConnection managed = managedConnectionFactory.createManagedConnection(null, null);
    ObjectStore first = (ObjectStore) managed.getConnection(null, null);
    ObjectStore second = (ObjectStore) managed.getConnection(null, null);
    managed.cleanup();
    assertThatThrownBy(() -> first.head("x")).isInstanceOf(ObjectStoreException.class);
    assertThatThrownBy(() -> second.head("x")).isInstanceOf(ObjectStoreException.class);
    ObjectStore third = (ObjectStore) managed.getConnection(null, null);
    assertThat(third.head("x")).isEmpty();
    managed.destroy();
    assertThatThrownBy(() -> third.head("x")).isInstanceOf(ObjectStoreException.class);
    assertThatThrownBy(() -> managed.getConnection(null, null))
        .isInstanceOf(ResourceException.class);
  }

  @Test
  void testHandlesMoveBetweenManagedConnections() throws Exception {
    ManagedConnection from = managedConnectionFactory.createManagedConnection(null, null);
    ManagedConnection to = managedConnectionFactory.createManagedConnection(null, null);
    ObjectStore handle = (ObjectStore) from.getConnection(null, null);
    to.associateConnection(handle);
    from.cleanup();
    assertThat(handle.head("x")).isEmpty();
    to.cleanup();
    assertThatThrownBy(() -> handle.head("x")).isInstanceOf(ObjectStoreException.class);
  }

  @Test
  void testMatchingLooksAtTheSettings() throws Exception {
    ManagedConnection mine = managedConnectionFactory.createManagedConnection(null, null);
    ManagedConnection others =
        managedConnectionFactory("other").createManagedConnection(null, null);
    Set<ManagedConnection> candidates = Set.of(mine, others);
    assertThat(managedConnectionFactory.matchManagedConnections(candidates, null, null))
        .isSameAs(mine);
    mine.destroy();
    assertThat(managedConnectionFactory.matchManagedConnections(candidates, null, null)).isNull();
  }

  @Test
  void testNoTransactions() throws Exception {
    ManagedConnection managed = managedConnectionFactory.createManagedConnection(null, null);
    assertThatThrownBy(managed::getXAResource).isInstanceOf(NotSupportedException.class);
    assertThatThrownBy(managed::getLocalTransaction).isInstanceOf(NotSupportedException.class);
    assertThat(managed.getMetaData().getEISProductName()).contains("local object store");
    assertThat(adapter.getXAResources(null)).isEmpty();
    assertThatThrownBy(() -> adapter.endpointActivation(null, null))
        .isInstanceOf(NotSupportedException.class);
  }

  /** A server may instantiate and start the adapter twice: they share one store till the last. */
  @Test
  void testStartsAreCounted() throws Exception {
    ObjectStoreResourceAdapter twin = new ObjectStoreResourceAdapter(stores);
    twin.start(null);
    adapter.start(null);
    StoreSettings settings = new StoreSettings.Local(directory.resolve("objects"));
    ObjectStore shared = adapter.store(settings);
    assertThat(twin.store(settings)).isSameAs(shared);
    twin.stop();
    twin.stop();
    assertThat(adapter.store(settings)).isSameAs(shared);
    assertThatThrownBy(() -> twin.store(settings)).isInstanceOf(ObjectStoreException.class);
    adapter.stop();
    assertThatThrownBy(() -> managedConnectionFactory.createManagedConnection(null, null))
        .isInstanceOf(ResourceException.class)
        .hasMessageContaining("not started");
  }

  @Test
  void testStoppedAdapterTakesConnectionsOutOfThePool() {
    managedConnectionFactory.setKind("s3");
    managedConnectionFactory.setS3Endpoint("http://127.0.0.1:1");
    managedConnectionFactory.setS3AccessKey("access");
    managedConnectionFactory.setS3SecretKey("secret");
    ObjectStore connection = factory.connect();
    adapter.stop();
    assertThatThrownBy(() -> connection.head("x"))
        .isInstanceOf(ObjectStoreException.class)
        .hasMessageContaining("closed");
    assertThat(pool.busy() + pool.idle()).isZero();
  }

  @Test
  void testBadSettingsAreReported() {
    managedConnectionFactory.setKind("tape");
    ObjectStoreManagedConnectionFactory bad = managedConnectionFactory;
    assertThatThrownBy(() -> bad.createManagedConnection(null, null))
        .isInstanceOf(ResourceException.class)
        .hasMessageContaining("sagitta.object-store.kind=tape");
    assertThatThrownBy(
            () -> new ObjectStoreManagedConnectionFactory().createManagedConnection(null, null))
        .isInstanceOf(ResourceException.class)
        .hasMessageContaining("no resource adapter");
    assertThatThrownBy(bad::createConnectionFactory).isInstanceOf(NotSupportedException.class);
  }
}

package dev.sagitta.connector.objectstore.ra;

import static java.util.Objects.requireNonNull;

import dev.sagitta.connector.objectstore.ObjectStore;
import dev.sagitta.connector.objectstore.ObjectStoreException;
import jakarta.resource.NotSupportedException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.transaction.xa.XAResource;

/** Outbound only. Keeps the stores open between start and stop; both may be called again. */
public final class ObjectStoreResourceAdapter implements ResourceAdapter {
  private static final XAResource[] NO_RESOURCES = {};

  private final SharedStores stores;
  private final AtomicBoolean started = new AtomicBoolean();

  /** The connections that pools have and have not destroyed. */
  private final Set<ObjectStoreManagedConnection> pooled = ConcurrentHashMap.newKeySet();

  /** Called by the server. */
  public ObjectStoreResourceAdapter() {
    this(SharedStores.PROCESS);
  }

  ObjectStoreResourceAdapter(SharedStores stores) {
    this.stores = requireNonNull(stores, "stores is null");
  }

  @Override
  public void start(BootstrapContext context) {
    if (started.compareAndSet(false, true)) {
      stores.retain();
    }
  }

  @Override
  public void stop() {
    if (started.compareAndSet(true, false)) {
      stores.release();
    }
  }

  /**
   * A new connection for a pool.
   *
   * @throws ObjectStoreException if the store cannot be opened or the adapter is not started
   */
  ObjectStoreManagedConnection newPooledConnection(StoreSettings settings) {
    ObjectStoreManagedConnection connection =
        new ObjectStoreManagedConnection(settings, store(settings), pooled::remove);
    pooled.add(connection);
    return connection;
  }

  /** A connection that belongs to no pool; empty while a pool has one, and when stopped. */
  Optional<ObjectStore> unpooledConnection(StoreSettings settings) {
    if (!started.get() || pooled.stream().anyMatch(connection -> connection.serves(settings))) {
      return Optional.empty();
    }
    return Optional.of(
        new ObjectStoreManagedConnection(settings, store(settings), _ -> {}).newHandle());
  }

  ObjectStore store(StoreSettings settings) {
    if (!started.get()) {
      throw new ObjectStoreException("resource adapter is not started");
    }
    return stores.store(settings);
  }

  @Override
  public void endpointActivation(MessageEndpointFactory factory, ActivationSpec specification)
      throws NotSupportedException {
    throw new NotSupportedException("the object store delivers no messages");
  }

  @Override
  public void endpointDeactivation(MessageEndpointFactory factory, ActivationSpec specification) {
    // None was activated.
  }

  @Override
  public XAResource[] getXAResources(ActivationSpec[] specifications) {
    return NO_RESOURCES;
  }

  /** Instances are told apart: servers keep them in maps. */
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}

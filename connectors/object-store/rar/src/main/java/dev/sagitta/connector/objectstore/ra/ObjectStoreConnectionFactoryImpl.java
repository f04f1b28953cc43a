package dev.sagitta.connector.objectstore.ra;

import static java.util.Objects.requireNonNull;

import dev.sagitta.connector.objectstore.ObjectStore;
import dev.sagitta.connector.objectstore.ObjectStoreConnectionFactory;
import dev.sagitta.connector.objectstore.ObjectStoreException;
import jakarta.resource.Referenceable;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionManager;
import java.util.Optional;
import javax.naming.Reference;

/**
 * What applications find in JNDI; asks the server's pool for connections.
 *
 * <p>Payara takes an application's pools away before it stops the application's beans, and those
 * still have rows to flush. When the pool gives nothing and none of its connections is left,
 * connections that belong to no pool are given instead, until the resource adapter stops.
 */
public final class ObjectStoreConnectionFactoryImpl
    implements ObjectStoreConnectionFactory, Referenceable {
  private static final long serialVersionUID = 1L;

  private final ObjectStoreManagedConnectionFactory managedConnectionFactory;
  private final ConnectionManager connectionManager;
  private Reference reference;

  ObjectStoreConnectionFactoryImpl(
      ObjectStoreManagedConnectionFactory managedConnectionFactory,
      ConnectionManager connectionManager) {
    this.managedConnectionFactory =
        requireNonNull(managedConnectionFactory, "managedConnectionFactory is null");
    this.connectionManager = requireNonNull(connectionManager, "connectionManager is null");
  }

  @Override
  public ObjectStore connect() {
    try {
      return (ObjectStore) connectionManager.allocateConnection(managedConnectionFactory, null);
    } catch (ResourceException e) {
      Optional<ObjectStore> unpooled = managedConnectionFactory.unpooledConnection();
      if (unpooled.isPresent()) {
        return unpooled.get();
      }
      throw new ObjectStoreException("no connection to the object store: " + e.getMessage(), e);
    }
  }

  @Override
  public void setReference(Reference reference) {
    this.reference = reference;
  }

  @Override
  public Reference getReference() {
    return reference;
  }
}

package dev.sagitta.connector.objectstore.ra;

import static java.util.Objects.requireNonNull;

import dev.sagitta.connector.objectstore.ObjectStore;
import dev.sagitta.connector.objectstore.ObjectStoreConnectionFactory;
import dev.sagitta.connector.objectstore.ObjectStoreException;
import jakarta.resource.Referenceable;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionManager;
import javax.naming.Reference;

/** What applications find in JNDI; asks the server's pool for connections. */
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

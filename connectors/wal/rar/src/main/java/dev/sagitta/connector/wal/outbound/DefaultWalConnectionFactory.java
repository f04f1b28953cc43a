package dev.sagitta.connector.wal.outbound;

import static java.util.Objects.requireNonNull;

import dev.sagitta.connector.wal.WalConnection;
import dev.sagitta.connector.wal.WalConnectionFactory;
import dev.sagitta.connector.wal.WalException;
import jakarta.resource.Referenceable;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionManager;
import javax.naming.NamingException;
import javax.naming.Reference;

/** Gets connections from the container's pool. */
public final class DefaultWalConnectionFactory implements WalConnectionFactory, Referenceable {
  private static final long serialVersionUID = 1L;

  private final WalManagedConnectionFactory managedConnectionFactory;
  private final ConnectionManager connectionManager;
  private Reference reference;

  DefaultWalConnectionFactory(
      WalManagedConnectionFactory managedConnectionFactory, ConnectionManager connectionManager) {
    this.managedConnectionFactory = managedConnectionFactory;
    this.connectionManager = requireNonNull(connectionManager, "connectionManager is null");
  }

  @Override
  public WalConnection connect() {
    try {
      return (WalConnection) connectionManager.allocateConnection(managedConnectionFactory, null);
    } catch (ResourceException e) {
      throw new WalException("no connection to the log: " + e.getMessage(), e);
    }
  }

  @Override
  public void setReference(Reference reference) {
    this.reference = reference;
  }

  @Override
  public Reference getReference() throws NamingException {
    return reference;
  }
}

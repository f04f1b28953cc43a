package dev.sagitta.connector.wal.outbound;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionEvent;
import jakarta.resource.spi.ConnectionEventListener;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionFactory;
import java.lang.System.Logger.Level;

/** Stands in for the container's pool: a managed connection lives as long as its only handle. */
final class DirectConnectionManager implements ConnectionManager {
  private static final long serialVersionUID = 1L;
  private static final System.Logger logger =
      System.getLogger(DirectConnectionManager.class.getName());

  @Override
  public Object allocateConnection(
      ManagedConnectionFactory factory, ConnectionRequestInfo connectionRequestInfo)
      throws ResourceException {
    ManagedConnection connection = factory.createManagedConnection(null, connectionRequestInfo);
    connection.addConnectionEventListener(new Destroyer(connection));
    return connection.getConnection(null, connectionRequestInfo);
  }

  private record Destroyer(ManagedConnection connection) implements ConnectionEventListener {
    @Override
    public void connectionClosed(ConnectionEvent event) {
      try {
        connection.destroy();
      } catch (ResourceException e) {
        logger.log(Level.WARNING, "cannot destroy a connection", e);
      }
    }

    @Override
    public void connectionErrorOccurred(ConnectionEvent event) {
      connectionClosed(event);
    }

    @Override
    public void localTransactionStarted(ConnectionEvent event) {}

    @Override
    public void localTransactionCommitted(ConnectionEvent event) {}

    @Override
    public void localTransactionRolledback(ConnectionEvent event) {}
  }
}

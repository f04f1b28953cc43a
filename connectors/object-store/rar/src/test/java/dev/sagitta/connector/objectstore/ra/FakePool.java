package dev.sagitta.connector.objectstore.ra;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionEvent;
import jakarta.resource.spi.ConnectionEventListener;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionFactory;
import jakarta.resource.spi.ResourceAllocationException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a server's pool does with managed connections, bounded and without waiting. */
final class FakePool implements ConnectionManager, ConnectionEventListener {
  private static final long serialVersionUID = 1L;

  private final int maximumSize;
  private final transient Set<ManagedConnection> idle = new LinkedHashSet<>();
  private final transient Set<ManagedConnection> busy = new LinkedHashSet<>();
  private boolean removed;

  FakePool(int maximumSize) {
    this.maximumSize = maximumSize;
  }

  @Override
  public synchronized Object allocateConnection(
      ManagedConnectionFactory factory, ConnectionRequestInfo information)
      throws ResourceException {
    if (removed) {
      throw new ResourceException("no such pool");
    }
    ManagedConnection connection = factory.matchManagedConnections(idle, null, information);
    if (connection == null) {
      if (idle.size() + busy.size() == maximumSize) {
        throw new ResourceAllocationException("pool is exhausted: size=" + maximumSize);
      }
      connection = factory.createManagedConnection(null, information);
      connection.addConnectionEventListener(this);
    }
    idle.remove(connection);
    busy.add(connection);
    return connection.getConnection(null, information);
  }

  /** Destroys all connections and gives none from now on, as servers do when they stop. */
  synchronized void remove() throws ResourceException {
    removed = true;
    for (Set<ManagedConnection> connections : List.of(idle, busy)) {
      for (ManagedConnection connection : connections) {
        connection.destroy();
      }
      connections.clear();
    }
  }

  @Override
  public synchronized void connectionClosed(ConnectionEvent event) {
    ManagedConnection connection = (ManagedConnection) event.getSource();
    try {
      connection.cleanup();
    } catch (ResourceException e) {
      throw new IllegalStateException(e);
    }
    busy.remove(connection);
    idle.add(connection);
  }

  @Override
  public synchronized void connectionErrorOccurred(ConnectionEvent event) {
    ManagedConnection connection = (ManagedConnection) event.getSource();
    busy.remove(connection);
    try {
      connection.destroy();
    } catch (ResourceException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void localTransactionStarted(ConnectionEvent event) {
    throw new AssertionError("no transactions");
  }

  @Override
  public void localTransactionCommitted(ConnectionEvent event) {
    throw new AssertionError("no transactions");
  }

  @Override
  public void localTransactionRolledback(ConnectionEvent event) {
    throw new AssertionError("no transactions");
  }

  synchronized int idle() {
    return idle.size();
  }

  synchronized int busy() {
    return busy.size();
  }
}

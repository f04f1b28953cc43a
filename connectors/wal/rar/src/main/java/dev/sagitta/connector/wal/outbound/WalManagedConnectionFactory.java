package dev.sagitta.connector.wal.outbound;

import dev.sagitta.connector.wal.WalException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.CommException;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.IllegalStateException;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionFactory;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.ResourceAdapterAssociation;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.Set;
import javax.security.auth.Subject;

/**
 * Creates connections to the log of one resource adapter. It has no settings of its own: two
 * factories of the same adapter are equal.
 */
public class WalManagedConnectionFactory
    implements ManagedConnectionFactory, ResourceAdapterAssociation {
  private static final long serialVersionUID = 1L;

  private transient ResourceAdapter resourceAdapter;
  private transient PrintWriter logWriter;

  @Override
  public Object createConnectionFactory(ConnectionManager connectionManager) {
    return new DefaultWalConnectionFactory(this, connectionManager);
  }

  /** For use without a container: every connection is a managed connection of its own. */
  @Override
  public Object createConnectionFactory() {
    return new DefaultWalConnectionFactory(this, new DirectConnectionManager());
  }

  @Override
  public ManagedConnection createManagedConnection(
      Subject subject, ConnectionRequestInfo connectionRequestInfo) throws ResourceException {
    if (!(resourceAdapter instanceof LogAccess log)) {
      throw new IllegalStateException(
          "not associated with the log's resource adapter: resourceAdapter=" + resourceAdapter);
    }
    try {
      log.verifyReachable();
      return new WalManagedConnection(log.appender());
    } catch (WalException e) {
      throw new CommException(e.getMessage(), e);
    }
  }

  /** All connections of a factory are alike. */
  @Override
  @SuppressWarnings("rawtypes") // the interface is older than generics
  public ManagedConnection matchManagedConnections(
      Set connectionSet, Subject subject, ConnectionRequestInfo connectionRequestInfo) {
    for (Object candidate : connectionSet) {
      if (candidate instanceof WalManagedConnection connection && connection.usable()) {
        return connection;
      }
    }
    return null;
  }

  @Override
  public ResourceAdapter getResourceAdapter() {
    return resourceAdapter;
  }

  @Override
  public void setResourceAdapter(ResourceAdapter resourceAdapter) throws ResourceException {
    if (this.resourceAdapter != null && !this.resourceAdapter.equals(resourceAdapter)) {
      throw new IllegalStateException("already associated with another resource adapter");
    }
    this.resourceAdapter = resourceAdapter;
  }

  @Override
  public void setLogWriter(PrintWriter logWriter) {
    this.logWriter = logWriter;
  }

  @Override
  public PrintWriter getLogWriter() {
    return logWriter;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WalManagedConnectionFactory that
        && Objects.equals(resourceAdapter, that.resourceAdapter);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(resourceAdapter);
  }
}

package dev.sagitta.connector.wal.outbound;

import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionEvent;
import jakarta.resource.spi.ConnectionEventListener;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.IllegalStateException;
import jakarta.resource.spi.LocalTransaction;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionMetaData;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.security.auth.Subject;
import javax.transaction.xa.XAResource;

/** What the container pools. It owns no network connection: the committers do. */
public final class WalManagedConnection implements ManagedConnection {
  private final LogAppender appender;
  private final Set<WalConnectionHandle> handles = ConcurrentHashMap.newKeySet();
  private final List<ConnectionEventListener> listeners = new CopyOnWriteArrayList<>();

  private volatile boolean destroyed;
  private volatile PrintWriter logWriter;

  WalManagedConnection(LogAppender appender) {
    this.appender = appender;
  }

  LogAppender appender() {
    return appender;
  }

  boolean usable() {
    return !destroyed && !appender.closed();
  }

  @Override
  public Object getConnection(Subject subject, ConnectionRequestInfo connectionRequestInfo)
      throws ResourceException {
    if (!usable()) {
      throw new IllegalStateException("the managed connection is destroyed");
    }
    WalConnectionHandle handle = new WalConnectionHandle(this);
    handles.add(handle);
    return handle;
  }

  @Override
  public void associateConnection(Object connection) throws ResourceException {
    if (!(connection instanceof WalConnectionHandle handle)) {
      throw new IllegalStateException("not a connection to the log: connection=" + connection);
    }
    handle.moveTo(this);
    handles.add(handle);
  }

  void disown(WalConnectionHandle handle) {
    handles.remove(handle);
  }

  void handleClosed(WalConnectionHandle handle) {
    handles.remove(handle);
    ConnectionEvent event = new ConnectionEvent(this, ConnectionEvent.CONNECTION_CLOSED);
    event.setConnectionHandle(handle);
    listeners.forEach(listener -> listener.connectionClosed(event));
  }

  @Override
  public void cleanup() {
    handles.forEach(WalConnectionHandle::detach);
    handles.clear();
  }

  @Override
  public void destroy() {
    destroyed = true;
    cleanup();
  }

  @Override
  public void addConnectionEventListener(ConnectionEventListener listener) {
    listeners.add(listener);
  }

  @Override
  public void removeConnectionEventListener(ConnectionEventListener listener) {
    listeners.remove(listener);
  }

  @Override
  public XAResource getXAResource() throws ResourceException {
    throw new NotSupportedException("the log takes no part in transactions");
  }

  @Override
  public LocalTransaction getLocalTransaction() throws ResourceException {
    throw new NotSupportedException("the log takes no part in transactions");
  }

  @Override
  public ManagedConnectionMetaData getMetaData() {
    return new WalManagedConnectionMetaData();
  }

  @Override
  public void setLogWriter(PrintWriter logWriter) {
    this.logWriter = logWriter;
  }

  @Override
  public PrintWriter getLogWriter() {
    return logWriter;
  }
}

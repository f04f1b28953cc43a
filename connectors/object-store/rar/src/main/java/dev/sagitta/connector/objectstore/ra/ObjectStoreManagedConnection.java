package dev.sagitta.connector.objectstore.ra;

import static java.util.Objects.requireNonNull;

import dev.sagitta.connector.objectstore.ObjectStore;
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
import java.util.function.Consumer;
import javax.security.auth.Subject;
import javax.transaction.xa.XAResource;

/**
 * A place in the server's pool. The store behind it is shared by all of them, so what the pool
 * bounds is the number of concurrent users.
 */
final class ObjectStoreManagedConnection implements ManagedConnection {
  private final StoreSettings settings;
  private final ObjectStore store;
  private final Consumer<ObjectStoreManagedConnection> onDestroy;
  private final Set<ObjectStoreConnection> handles = ConcurrentHashMap.newKeySet();
  private final List<ConnectionEventListener> listeners = new CopyOnWriteArrayList<>();
  private volatile boolean destroyed;
  private volatile PrintWriter logWriter;

  ObjectStoreManagedConnection(
      StoreSettings settings, ObjectStore store, Consumer<ObjectStoreManagedConnection> onDestroy) {
    this.settings = requireNonNull(settings, "settings is null");
    this.store = requireNonNull(store, "store is null");
    this.onDestroy = requireNonNull(onDestroy, "onDestroy is null");
  }

  boolean serves(StoreSettings wanted) {
    return !destroyed && settings.equals(wanted);
  }

  ObjectStore store() {
    return store;
  }

  @Override
  public Object getConnection(Subject subject, ConnectionRequestInfo information)
      throws ResourceException {
    requireAlive();
    return newHandle();
  }

  ObjectStoreConnection newHandle() {
    ObjectStoreConnection handle = new ObjectStoreConnection(this);
    handles.add(handle);
    return handle;
  }

  @Override
  public void associateConnection(Object connection) throws ResourceException {
    requireAlive();
    if (!(connection instanceof ObjectStoreConnection handle)) {
      throw new ResourceException("not a connection to the object store: " + connection);
    }
    handle.attach(this);
    handles.add(handle);
  }

  void forget(ObjectStoreConnection handle) {
    handles.remove(handle);
  }

  @Override
  public void cleanup() {
    handles.forEach(ObjectStoreConnection::detach);
    handles.clear();
  }

  @Override
  public void destroy() {
    destroyed = true;
    onDestroy.accept(this);
    cleanup();
  }

  void fireClosed(ObjectStoreConnection handle) {
    forget(handle);
    ConnectionEvent event = new ConnectionEvent(this, ConnectionEvent.CONNECTION_CLOSED);
    event.setConnectionHandle(handle);
    listeners.forEach(listener -> listener.connectionClosed(event));
  }

  void fireError(ObjectStoreConnection handle, Exception cause) {
    ConnectionEvent event =
        new ConnectionEvent(this, ConnectionEvent.CONNECTION_ERROR_OCCURRED, cause);
    event.setConnectionHandle(handle);
    listeners.forEach(listener -> listener.connectionErrorOccurred(event));
  }

  @Override
  public void addConnectionEventListener(ConnectionEventListener listener) {
    listeners.add(requireNonNull(listener, "listener is null"));
  }

  @Override
  public void removeConnectionEventListener(ConnectionEventListener listener) {
    listeners.remove(listener);
  }

  @Override
  public XAResource getXAResource() throws NotSupportedException {
    throw new NotSupportedException("the object store takes no part in transactions");
  }

  @Override
  public LocalTransaction getLocalTransaction() throws NotSupportedException {
    throw new NotSupportedException("the object store takes no part in transactions");
  }

  @Override
  public ManagedConnectionMetaData getMetaData() throws ResourceException {
    requireAlive();
    return new ObjectStoreManagedConnectionMetaData(store.toString());
  }

  @Override
  public void setLogWriter(PrintWriter writer) {
    this.logWriter = writer;
  }

  @Override
  public PrintWriter getLogWriter() {
    return logWriter;
  }

  private void requireAlive() throws IllegalStateException {
    if (destroyed) {
      throw new IllegalStateException("managed connection is destroyed");
    }
  }
}

package dev.sagitta.connector.objectstore.ra;

import static java.util.Objects.requireNonNull;

import dev.sagitta.connector.objectstore.ObjectAttributes;
import dev.sagitta.connector.objectstore.ObjectPage;
import dev.sagitta.connector.objectstore.ObjectStore;
import dev.sagitta.connector.objectstore.ObjectStoreException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

/** The handle that an application holds; without a managed connection it is closed. */
final class ObjectStoreConnection implements ObjectStore {
  private final AtomicReference<ObjectStoreManagedConnection> managed;

  ObjectStoreConnection(ObjectStoreManagedConnection managed) {
    this.managed = new AtomicReference<>(requireNonNull(managed, "managed is null"));
  }

  /** Moves the handle to another managed connection. */
  void attach(ObjectStoreManagedConnection target) {
    ObjectStoreManagedConnection previous = managed.getAndSet(target);
    if (previous != null && previous != target) {
      previous.forget(this);
    }
  }

  void detach() {
    managed.set(null);
  }

  @Override
  public void put(String key, ByteBuffer content) {
    run(store -> store.put(key, content));
  }

  @Override
  public void putFile(String key, Path file) {
    run(store -> store.putFile(key, file));
  }

  @Override
  public boolean putIfAbsent(String key, ByteBuffer content) {
    return call(store -> store.putIfAbsent(key, content));
  }

  @Override
  public byte[] get(String key) {
    return call(store -> store.get(key));
  }

  @Override
  public byte[] getRange(String key, long offset, int length) {
    return call(store -> store.getRange(key, offset, length));
  }

  /** The stream may outlive the connection. */
  @Override
  public InputStream open(String key) {
    return call(store -> store.open(key));
  }

  @Override
  public void getToFile(String key, Path file) {
    run(store -> store.getToFile(key, file));
  }

  @Override
  public Optional<ObjectAttributes> head(String key) {
    return call(store -> store.head(key));
  }

  @Override
  public ObjectPage list(String prefix, Optional<String> startAfter, int limit) {
    return call(store -> store.list(prefix, startAfter, limit));
  }

  @Override
  public void delete(String key) {
    run(store -> store.delete(key));
  }

  @Override
  public void deleteAll(Collection<String> keys) {
    run(store -> store.deleteAll(keys));
  }

  @Override
  public Optional<Path> localFile(String key) {
    return call(store -> store.localFile(key));
  }

  @Override
  public void close() {
    ObjectStoreManagedConnection closed = managed.getAndSet(null);
    if (closed != null) {
      closed.fireClosed(this);
    }
  }

  @Override
  public String toString() {
    ObjectStoreManagedConnection current = managed.get();
    return current == null ? "closed connection" : "connection to " + current.store();
  }

  private void run(Consumer<ObjectStore> operation) {
    call(
        store -> {
          operation.accept(store);
          return Boolean.TRUE;
        });
  }

  private <T> T call(Function<ObjectStore, T> operation) {
    ObjectStoreManagedConnection current = managed.get();
    if (current == null) {
      throw new ObjectStoreException("connection is closed");
    }
    try {
      return operation.apply(current.store());
    } catch (RejectedExecutionException | IllegalStateException e) {
      // The store was closed with its adapter: this place in the pool is of no more use.
      current.fireError(this, e);
      throw new ObjectStoreException("store is closed", e);
    }
  }
}

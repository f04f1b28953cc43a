package dev.sagitta.proxy;

import static java.util.Objects.requireNonNull;

import dev.sagitta.coordinator.catalog.CatalogFollower;
import dev.sagitta.engine.catalog.CatalogSnapshot;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * When this process last made a write to each collection durable: what a Session read must wait
 * for. Clients of one session speak to one process.
 */
public final class SessionWrites implements AutoCloseable {
  private final CatalogFollower catalog;
  private final Map<Long, Long> lastWriteNanos = new ConcurrentHashMap<>();
  private final Consumer<CatalogSnapshot> catalogListener = this::dropVanished;

  public SessionWrites(CatalogFollower catalog) {
    this.catalog = requireNonNull(catalog, "catalog is null");
    catalog.addListener(catalogListener);
  }

  /** Notes that a write has just become durable. */
  public void noteWrite(long collectionId) {
    lastWriteNanos.put(collectionId, System.nanoTime());
  }

  /** {@link System#nanoTime()} of the last write; {@link Long#MIN_VALUE} if there was none. */
  public long lastWriteNanos(long collectionId) {
    return lastWriteNanos.getOrDefault(collectionId, Long.MIN_VALUE);
  }

  @Override
  public void close() {
    catalog.removeListener(catalogListener);
  }

  private void dropVanished(CatalogSnapshot snapshot) {
    lastWriteNanos.keySet().removeIf(id -> !snapshot.collections().containsKey(id));
  }
}

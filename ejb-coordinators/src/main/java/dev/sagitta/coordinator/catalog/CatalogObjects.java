package dev.sagitta.coordinator.catalog;

import static java.util.Objects.requireNonNull;

import dev.sagitta.connector.objectstore.ObjectAttributes;
import dev.sagitta.connector.objectstore.ObjectNotFoundException;
import dev.sagitta.connector.objectstore.ObjectPage;
import dev.sagitta.connector.objectstore.ObjectStore;
import dev.sagitta.connector.objectstore.ObjectStoreException;
import dev.sagitta.connector.objectstore.OutcomeUnknownException;
import dev.sagitta.engine.catalog.CatalogCodec;
import dev.sagitta.engine.catalog.CatalogLogEntry;
import dev.sagitta.engine.catalog.CatalogSnapshot;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.storage.StorageLayout;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The catalog's objects in the store: numbered entries, written once, and snapshots. */
final class CatalogObjects {
  private static final int PAGE_SIZE = 1000;
  private static final int WRITE_ATTEMPTS = 5;
  private static final Duration WRITE_PAUSE = Duration.ofMillis(100);

  private final StoreAccess store;
  private final Pause pause;

  CatalogObjects(StoreAccess store, Pause pause) {
    this.store = requireNonNull(store, "store is null");
    this.pause = requireNonNull(pause, "pause is null");
  }

  Optional<CatalogLogEntry> read(long number) {
    String key = StorageLayout.catalogChange(number);
    try {
      return Optional.of(CatalogCodec.decodeEntry(key, store.call("get " + key, s -> s.get(key))));
    } catch (ObjectNotFoundException e) {
      return Optional.empty();
    }
  }

  /**
   * Writes the entry under its number unless there is one. A lost answer is settled by trying again
   * with the same bytes: whatever holds the number afterwards tells by its creation id whose it is,
   * and a late first put cannot replace it.
   *
   * @return whether the number holds this entry; false when it holds another one
   * @throws CommitOutcomeUnknownException if the store fails before that is settled
   * @throws SagittaException code STORAGE_FAILED if nothing was written
   */
  boolean write(CatalogLogEntry entry) {
    String key = StorageLayout.catalogChange(entry.number());
    byte[] content = CatalogCodec.encodeEntry(entry);
    boolean mayHaveHappened = false;
    Duration wait = WRITE_PAUSE;
    for (int attempt = 1; ; attempt++) {
      try {
        return store.once(connection -> writeOnce(connection, key, content, entry.creationId()));
      } catch (ObjectStoreException e) {
        mayHaveHappened |= e instanceof OutcomeUnknownException;
        if (attempt == WRITE_ATTEMPTS) {
          throw failure(key, mayHaveHappened, e);
        }
      }
      pause.pause(wait);
      wait = wait.multipliedBy(2);
    }
  }

  private static boolean writeOnce(
      ObjectStore connection, String key, byte[] content, String creationId) {
    if (connection.putIfAbsent(key, ByteBuffer.wrap(content))) {
      return true;
    }
    try {
      return CatalogCodec.decodeEntry(key, connection.get(key)).creationId().equals(creationId);
    } catch (ObjectStoreException e) {
      throw new OutcomeUnknownException("cannot tell who wrote: key=" + key, e);
    }
  }

  private static SagittaException failure(
      String key, boolean mayHaveHappened, ObjectStoreException cause) {
    String reason = ": key=" + key + " reason=" + cause.getMessage();
    return mayHaveHappened
        ? new CommitOutcomeUnknownException("catalog commit may have happened" + reason, cause)
        : new SagittaException(
            ErrorCode.STORAGE_FAILED, "catalog commit failed, nothing changed" + reason, cause);
  }

  /** The newest snapshot of a version above {@code version}. */
  Optional<CatalogSnapshot> newestSnapshotAfter(long version) {
    return listSnapshotsAfter(version).reversed().stream()
        .map(snapshot -> readSnapshot(snapshot.key()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** The snapshot, or empty if it was removed between listing and reading. */
  private Optional<CatalogSnapshot> readSnapshot(String key) {
    try {
      return Optional.of(
          CatalogCodec.decodeSnapshot(key, store.call("get " + key, s -> s.get(key))));
    } catch (ObjectNotFoundException e) {
      return Optional.empty();
    }
  }

  void writeSnapshot(CatalogSnapshot snapshot) {
    String key = StorageLayout.catalogSnapshot(snapshot.version());
    ByteBuffer content = ByteBuffer.wrap(CatalogCodec.encodeSnapshot(snapshot));
    store.call("put " + key, s -> s.putIfAbsent(key, content.duplicate()));
  }

  /** All snapshots of versions above {@code version}, oldest first. */
  List<ObjectAttributes> listSnapshotsAfter(long version) {
    return list(
        StorageLayout.CATALOG_SNAPSHOT_PREFIX,
        StorageLayout.catalogSnapshot(version),
        Integer.MAX_VALUE);
  }

  /** The oldest entries in the store, at most {@code limit}. */
  List<ObjectAttributes> listOldestEntries(int limit) {
    return list(StorageLayout.CATALOG_LOG_PREFIX, StorageLayout.catalogChange(0), limit);
  }

  void remove(Collection<String> keys) {
    store.call(
        "delete catalog objects",
        connection -> {
          connection.deleteAll(keys);
          return keys;
        });
  }

  private List<ObjectAttributes> list(String prefix, String startAfter, int limit) {
    List<ObjectAttributes> all = new ArrayList<>();
    String last = startAfter;
    while (all.size() < limit) {
      Optional<String> from = Optional.of(last);
      int size = Math.min(PAGE_SIZE, limit - all.size());
      ObjectPage page = store.call("list " + prefix, s -> s.list(prefix, from, size));
      all.addAll(page.objects());
      if (!page.more() || page.objects().isEmpty()) {
        break;
      }
      last = page.objects().getLast().key();
    }
    return all;
  }
}

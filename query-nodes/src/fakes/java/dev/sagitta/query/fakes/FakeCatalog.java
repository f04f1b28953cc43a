package dev.sagitta.query.fakes;

import dev.sagitta.coordinator.catalog.CatalogFollower;
import dev.sagitta.engine.catalog.CatalogChange;
import dev.sagitta.engine.catalog.CatalogSnapshot;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.time.Deadline;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The one true catalog, and followers that learn of changes when they are told or ask. */
public final class FakeCatalog {
  private CatalogSnapshot truth = CatalogSnapshot.empty();

  public synchronized CatalogSnapshot truth() {
    return truth;
  }

  /** Applies a change or throws CatalogConflictException. */
  public synchronized CatalogSnapshot commit(CatalogChange change) {
    truth = truth.apply(change).withVersion(truth.version() + 1);
    return truth;
  }

  public Follower follower() {
    return new Follower();
  }

  /** One node's view, which may lag behind. */
  public final class Follower implements CatalogFollower {
    private final List<Consumer<CatalogSnapshot>> listeners = new CopyOnWriteArrayList<>();
    private volatile CatalogSnapshot known = truth();

    /** Learns the newest state. */
    public void catchUp() {
      CatalogSnapshot newest = truth();
      if (newest.version() > known.version()) {
        known = newest;
        listeners.forEach(listener -> listener.accept(newest));
      }
    }

    @Override
    public CatalogSnapshot current() {
      return known;
    }

    @Override
    public CatalogSnapshot awaitVersion(long version, Deadline deadline) {
      if (known.version() < version) {
        catchUp();
      }
      if (known.version() < version) {
        throw new SagittaException(ErrorCode.TIMEOUT, "nobody will commit version=" + version);
      }
      return known;
    }

    @Override
    public void addListener(Consumer<CatalogSnapshot> listener) {
      listeners.add(listener);
    }

    @Override
    public void removeListener(Consumer<CatalogSnapshot> listener) {
      listeners.remove(listener);
    }
  }
}

package dev.sagitta.connector.objectstore.ra;

import dev.sagitta.connector.objectstore.ObjectStore;
import dev.sagitta.connector.objectstore.ObjectStoreException;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;

/**
 * The stores that are open in this process, one for equal settings. They live as long as a started
 * resource adapter does; a server may instantiate the adapter more than once, so starts are
 * counted.
 */
final class SharedStores {
  /** Those of the adapter's class loader. */
  static final SharedStores PROCESS = new SharedStores();

  private static final System.Logger LOGGER = System.getLogger(SharedStores.class.getName());

  private final Map<StoreSettings, ObjectStore> stores = new HashMap<>();
  private int users;

  synchronized void retain() {
    users++;
  }

  /** The last user closes the stores. */
  synchronized void release() {
    if (users == 0) {
      throw new IllegalStateException("released more often than retained");
    }
    users--;
    if (users == 0) {
      stores.values().forEach(SharedStores::close);
      stores.clear();
    }
  }

  /**
   * The open store of these settings, opened if need be.
   *
   * @throws ObjectStoreException if it cannot be opened, or if no adapter is started
   */
  synchronized ObjectStore store(StoreSettings settings) {
    if (users == 0) {
      throw new ObjectStoreException("resource adapter is not started");
    }
    return stores.computeIfAbsent(settings, SharedStores::open);
  }

  private static ObjectStore open(StoreSettings settings) {
    ObjectStore store = settings.open();
    LOGGER.log(Level.INFO, "opened {0}", store);
    return store;
  }

  private static void close(ObjectStore store) {
    try {
      store.close();
      LOGGER.log(Level.INFO, "closed {0}", store);
    } catch (RuntimeException e) {
      LOGGER.log(Level.WARNING, "not closed cleanly: " + store, e);
    }
  }
}

package dev.sagitta.connector.wal.ra;

import java.util.HashMap;
import java.util.Map;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMConnector;

/**
 * Counts the users of each runtime: containers may create several instances of an adapter, but a
 * directory can have only one broker.
 */
final class WalRuntimes {
  private static final Map<WalSettings, Shared> running = new HashMap<>();

  private WalRuntimes() {}

  private static final class Shared {
    private final WalRuntime runtime;
    private int users;

    private Shared(WalRuntime runtime) {
      this.runtime = runtime;
    }
  }

  /** Starts the runtime, or joins the one that runs with the same settings. */
  static synchronized WalRuntime acquire(WalSettings settings) {
    Shared shared = running.get(settings);
    if (shared == null) {
      shared = new Shared(WalRuntime.start(settings));
      running.put(settings, shared);
    }
    shared.users++;
    return shared.runtime;
  }

  /** Stops the runtime with its last user. */
  static synchronized void release(WalRuntime runtime) {
    Shared shared = running.get(runtime.settings());
    if (shared == null || shared.runtime != runtime) {
      throw new IllegalStateException("not running: settings=" + runtime.settings());
    }
    shared.users--;
    if (shared.users == 0) {
      running.remove(runtime.settings());
      runtime.close();
      if (running.isEmpty()) {
        // Its threads would keep the adapter's class loader for another minute.
        InVMConnector.resetThreadPool();
      }
    }
  }
}

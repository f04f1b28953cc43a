package dev.sagitta.connector.wal.container;

import dev.sagitta.connector.wal.WalConnection;
import dev.sagitta.connector.wal.WalConnectionFactory;
import dev.sagitta.connector.wal.WalListener;
import dev.sagitta.connector.wal.outbound.WalManagedConnectionFactory;
import dev.sagitta.connector.wal.ra.WalActivationSpec;
import dev.sagitta.connector.wal.ra.WalResourceAdapter;
import jakarta.resource.ResourceException;
import java.nio.file.Path;
import java.time.Duration;

/** A started adapter with its container. */
public final class AdapterProcess implements AutoCloseable {
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

  private final WalResourceAdapter adapter;
  private final ThreadWorkManager workManager = new ThreadWorkManager();

  private AdapterProcess(WalResourceAdapter adapter) {
    this.adapter = adapter;
  }

  /** With a broker in the directory. */
  public static AdapterProcess embedded(Path directory) throws ResourceException {
    WalResourceAdapter adapter = new WalResourceAdapter();
    adapter.setDirectory(directory.toString());
    return start(adapter);
  }

  public static AdapterProcess start(WalResourceAdapter adapter) throws ResourceException {
    AdapterProcess process = new AdapterProcess(adapter);
    adapter.start(new SimpleBootstrapContext(process.workManager));
    return process;
  }

  /** After the adapter was stopped. */
  public void restart() throws ResourceException {
    adapter.start(new SimpleBootstrapContext(workManager));
  }

  public WalResourceAdapter adapter() {
    return adapter;
  }

  public WalConnection connect() throws ResourceException {
    WalManagedConnectionFactory factory = new WalManagedConnectionFactory();
    factory.setResourceAdapter(adapter);
    return ((WalConnectionFactory) factory.createConnectionFactory()).connect();
  }

  /** A specification for log queues, bound to the adapter as a container would. */
  public WalActivationSpec spec(String queues, int sessions) throws ResourceException {
    WalActivationSpec spec = new WalActivationSpec();
    spec.setResourceAdapter(adapter);
    spec.setQueue(queues);
    spec.setMaxSessions(sessions);
    return spec;
  }

  /** Activates a listener; closing what it returns deactivates it. */
  public ActiveListener activate(WalListener listener, WalActivationSpec spec)
      throws ResourceException {
    return activate(new ListenerEndpointFactory(listener), spec);
  }

  public ActiveListener activate(ListenerEndpointFactory factory, WalActivationSpec spec)
      throws ResourceException {
    adapter.endpointActivation(factory, spec);
    return () -> adapter.endpointDeactivation(factory, spec);
  }

  /** An activation to end. */
  public interface ActiveListener extends AutoCloseable {
    @Override
    void close();
  }

  @Override
  public void close() {
    adapter.stop();
    try {
      if (!workManager.awaitIdle(STOP_TIMEOUT)) {
        throw new AssertionError("works still run after stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

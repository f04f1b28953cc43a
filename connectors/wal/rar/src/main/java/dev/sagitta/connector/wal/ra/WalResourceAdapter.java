package dev.sagitta.connector.wal.ra;

import static java.lang.System.Logger.Level.WARNING;

import dev.sagitta.connector.wal.WalException;
import dev.sagitta.connector.wal.inflow.InflowActivation;
import dev.sagitta.connector.wal.outbound.LogAccess;
import dev.sagitta.connector.wal.outbound.LogAppender;
import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.ResourceAdapterInternalException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.transaction.xa.XAResource;

/**
 * The log's resource adapter: starts or reaches the broker, serves connection factories and
 * message-driven beans.
 */
public class WalResourceAdapter extends WalResourceAdapterProperties
    implements ResourceAdapter, LogAccess {
  private static final System.Logger logger = System.getLogger(WalResourceAdapter.class.getName());

  /** Endpoint factories are compared by identity: two beans may have equal specifications. */
  private record Activation(MessageEndpointFactory endpointFactory, ActivationSpec spec) {}

  private final Map<Activation, InflowActivation> activations = new ConcurrentHashMap<>();
  private int starts;
  private BootstrapContext context;
  private WalRuntime runtime;

  /** Each further start only counts, and needs a stop of its own. */
  @Override
  public synchronized void start(BootstrapContext bootstrapContext)
      throws ResourceAdapterInternalException {
    if (starts == 0) {
      try {
        runtime = WalRuntimes.acquire(WalSettings.read(SettingReader.ofProcess(values())));
      } catch (IllegalArgumentException | WalException e) {
        throw new ResourceAdapterInternalException(
            "the log connector did not start: " + e.getMessage(), e);
      }
      context = bootstrapContext;
    }
    starts++;
  }

  @Override
  public synchronized void stop() {
    if (starts == 0) {
      return;
    }
    starts--;
    if (starts > 0) {
      return;
    }
    List<Activation> remaining = new ArrayList<>(activations.keySet());
    for (Activation activation : remaining) {
      logger.log(WARNING, "stopped with an active endpoint: {0}", activation.spec());
      deactivate(activation);
    }
    WalRuntimes.release(runtime);
    runtime = null;
    context = null;
  }

  @Override
  public void endpointActivation(MessageEndpointFactory endpointFactory, ActivationSpec spec)
      throws ResourceException {
    if (!(spec instanceof WalActivationSpec walSpec)) {
      throw new NotSupportedException("not a specification of the log: spec=" + spec);
    }
    WalRuntime current = requireRunning();
    InflowActivation started =
        InflowActivation.start(
            current.connector(),
            walSpec.inflowSettings(current.settings()),
            walSpec.getMaxSessions(),
            endpointFactory,
            bootstrapContext().getWorkManager());
    activations.put(new Activation(endpointFactory, spec), started);
  }

  @Override
  public void endpointDeactivation(MessageEndpointFactory endpointFactory, ActivationSpec spec) {
    deactivate(new Activation(endpointFactory, spec));
  }

  private void deactivate(Activation activation) {
    InflowActivation started = activations.remove(activation);
    if (started != null) {
      started.close();
    }
  }

  @Override
  public XAResource[] getXAResources(ActivationSpec[] specs) {
    return new XAResource[0];
  }

  private synchronized WalRuntime requireRunning() {
    if (runtime == null) {
      throw new WalException("the log connector does not run");
    }
    return runtime;
  }

  private synchronized BootstrapContext bootstrapContext() {
    return context;
  }

  @Override
  public LogAppender appender() {
    return requireRunning().appender();
  }

  @Override
  public void verifyReachable() {
    requireRunning().verifyReachable();
  }

  /** By settings, as the specification asks: equal adapters share their runtime. */
  @Override
  public boolean equals(Object other) {
    return other instanceof WalResourceAdapter that && values().equals(that.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }
}

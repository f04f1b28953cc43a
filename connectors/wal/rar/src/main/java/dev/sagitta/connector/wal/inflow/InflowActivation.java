package dev.sagitta.connector.wal.inflow;

import static java.lang.System.Logger.Level.WARNING;

import dev.sagitta.connector.wal.broker.BrokerConnector;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import jakarta.resource.spi.work.WorkManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The pumps of one message-driven bean. */
public final class InflowActivation implements AutoCloseable {
  private static final System.Logger logger = System.getLogger(InflowActivation.class.getName());
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);
  private static final int UNIQUE_CHARACTERS = 8;

  private final List<InflowPump> pumps = new ArrayList<>();

  private InflowActivation() {}

  /** Starts the pumps, or none. */
  public static InflowActivation start(
      BrokerConnector connector,
      InflowSettings settings,
      int sessions,
      MessageEndpointFactory endpointFactory,
      WorkManager workManager)
      throws ResourceException {
    InflowActivation activation = new InflowActivation();
    String unique = UUID.randomUUID().toString().substring(0, UNIQUE_CHARACTERS);
    try {
      for (int i = 0; i < sessions; i++) {
        InflowSettings share = settings.ofSession(i, sessions);
        InflowPump pump =
            new InflowPump(
                connector,
                share,
                endpointFactory,
                String.join("+", share.queues()) + "/" + unique + "-" + i);
        workManager.scheduleWork(pump, WorkManager.INDEFINITE, null, null);
        activation.pumps.add(pump);
      }
      return activation;
    } catch (ResourceException | RuntimeException e) {
      activation.close();
      throw e;
    }
  }

  /** Ends all sessions; their listeners are told. Waits for a bounded time. */
  @Override
  public void close() {
    pumps.forEach(InflowPump::release);
    long deadline = System.nanoTime() + STOP_TIMEOUT.toNanos();
    try {
      for (InflowPump pump : pumps) {
        if (!pump.awaitStopped(Duration.ofNanos(deadline - System.nanoTime()))) {
          logger.log(WARNING, "pump does not stop, its records are taken from it: {0}", pump);
          pump.abort();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      pumps.forEach(InflowPump::abort);
    }
  }
}

package dev.sagitta.connector.wal.inflow;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import dev.sagitta.connector.wal.WalListener;
import dev.sagitta.connector.wal.WalRecord;
import dev.sagitta.connector.wal.broker.BrokerConnector;
import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import jakarta.resource.spi.work.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.api.core.ActiveMQException;

/**
 * Keeps one session at a time alive and hands its records to an endpoint. When a session ends, its
 * listener is told, and after a pause the next session starts.
 */
final class InflowPump implements Work {
  private static final System.Logger logger = System.getLogger(InflowPump.class.getName());
  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final long ENDPOINT_TIMEOUT_MILLISECONDS = 5_000;
  private static final Duration FULL_WINDOW_REPORT = Duration.ofSeconds(30);

  private final BrokerConnector connector;
  private final InflowSettings settings;
  private final MessageEndpointFactory endpointFactory;
  private final String name;
  private final CountDownLatch stopRequested = new CountDownLatch(1);
  private final CountDownLatch finished = new CountDownLatch(1);

  private volatile InflowSession session;
  private Duration pause = SHORTEST_PAUSE;
  private long sessionNumber;

  /**
   * @param name unique among all pumps of all processes
   */
  InflowPump(
      BrokerConnector connector,
      InflowSettings settings,
      MessageEndpointFactory endpointFactory,
      String name) {
    this.connector = connector;
    this.settings = settings;
    this.endpointFactory = endpointFactory;
    this.name = name;
  }

  @Override
  public void run() {
    try {
      while (!stopping()) {
        serveOneSession();
        if (stopRequested.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
        pause = Collections.min(List.of(pause.multipliedBy(2), LONGEST_PAUSE));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      finished.countDown();
    }
  }

  private void serveOneSession() throws InterruptedException {
    MessageEndpoint endpoint;
    try {
      endpoint = endpointFactory.createEndpoint(null, ENDPOINT_TIMEOUT_MILLISECONDS);
    } catch (UnavailableException e) {
      // The application is still starting, or already stopping: ask again soon.
      pause = SHORTEST_PAUSE;
      return;
    }
    try {
      InflowSession opened = InflowSession.open(connector, settings, name + "." + sessionNumber++);
      session = opened;
      logger.log(
          INFO, "session started: id={0}, queues={1}", opened.sessionId(), settings.queues());
      try {
        serve(opened, (WalListener) endpoint);
      } finally {
        opened.close();
        session = null;
        tellEnd(opened, (WalListener) endpoint);
      }
    } catch (ActiveMQException | RuntimeException e) {
      if (!stopping()) {
        logger.log(WARNING, "no session: pump=" + name + ", url=" + connector + ": " + e);
      }
    } finally {
      endpoint.release();
    }
  }

  private void serve(InflowSession current, WalListener listener) throws InterruptedException {
    long idleSince = System.nanoTime();
    try {
      while (!stopping() && current.alive()) {
        List<DeliveredRecord> batch = current.take(POLL);
        if (batch.isEmpty()) {
          current.settleBarriers(batch);
          idleSince = reportFullWindow(current, idleSince);
          continue;
        }
        List<WalRecord> records = new ArrayList<>(batch);
        listener.onRecords(records, current);
        current.settleBarriers(batch);
        pause = SHORTEST_PAUSE;
        idleSince = System.nanoTime();
      }
    } catch (ActiveMQException e) {
      current.end("receiving failed: " + e.getMessage());
    } catch (RuntimeException | Error e) {
      current.end("listener failed: " + e);
      logger.log(WARNING, "listener failed: session=" + current.sessionId(), e);
    }
  }

  /**
   * A listener that holds all it may hold and acknowledges nothing is stuck: somebody should know.
   */
  private long reportFullWindow(InflowSession current, long idleSince) {
    long now = System.nanoTime();
    boolean full = current.unacknowledged() >= settings.maximumUnacknowledged();
    if (!full || settings.spread() || now - idleSince < FULL_WINDOW_REPORT.toNanos()) {
      return full ? idleSince : now;
    }
    logger.log(
        WARNING,
        "delivery waits for acknowledgements: session={0}, unacknowledged={1}",
        current.sessionId(),
        current.unacknowledged());
    return now;
  }

  private void tellEnd(InflowSession ended, WalListener listener) {
    logger.log(
        INFO,
        "session ended: id={0}, unacknowledged={1}, reason={2}",
        ended.sessionId(),
        ended.unacknowledged(),
        ended.endReason().orElse("none"));
    try {
      listener.onSessionEnded(ended);
    } catch (RuntimeException e) {
      logger.log(WARNING, "listener failed at the end: session=" + ended.sessionId(), e);
    }
  }

  private boolean stopping() {
    return stopRequested.getCount() == 0;
  }

  /** Asks the pump to stop; does not wait. */
  @Override
  public void release() {
    stopRequested.countDown();
    InflowSession current = session;
    if (current != null) {
      current.end("stopped");
    }
  }

  /** Waits until the pump has stopped; false if it does not in time. */
  boolean awaitStopped(Duration timeout) throws InterruptedException {
    return finished.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Takes a hanging listener's records away from it. */
  void abort() {
    InflowSession current = session;
    if (current != null) {
      current.abort();
    }
  }

  @Override
  public String toString() {
    return name;
  }
}

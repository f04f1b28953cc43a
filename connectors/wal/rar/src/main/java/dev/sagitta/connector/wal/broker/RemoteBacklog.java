package dev.sagitta.connector.wal.broker;

import static java.lang.System.Logger.Level.WARNING;

import dev.sagitta.connector.wal.WalBacklog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientRequestor;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.management.ManagementHelper;
import org.apache.activemq.artemis.api.core.management.ResourceNames;

/**
 * The backlog of a broker elsewhere: asked for by management messages twice a second, plus what
 * this process has appended since. What other processes append in between is seen half a second
 * late; the broker's own bound stands behind it. While the broker refuses management requests the
 * backlog counts as empty, so that only that bound holds.
 */
public final class RemoteBacklog implements BacklogSource {
  private static final System.Logger logger = System.getLogger(RemoteBacklog.class.getName());
  private static final Duration PERIOD = Duration.ofMillis(500);
  private static final long REQUEST_TIMEOUT_MILLISECONDS = 5_000;
  private static final String MANAGEMENT_ADDRESS = "activemq.management";

  private final BrokerConnector connector;
  private final List<String> queues;
  private final ScheduledExecutorService executor;

  private WalBacklog asked = new WalBacklog(0, 0);
  private long recordsSince;
  private long bytesSince;

  private BrokerConnection connection;
  private ClientSession session;
  private ClientRequestor requestor;
  private boolean failing;

  /** Starts asking. */
  public RemoteBacklog(BrokerConnector connector, List<String> queues) {
    this.connector = connector;
    this.queues = List.copyOf(queues);
    executor =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("sagitta-wal-backlog").factory());
    var _ =
        executor.scheduleWithFixedDelay(this::refresh, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public synchronized WalBacklog current() {
    return new WalBacklog(asked.records() + recordsSince, asked.bytes() + bytesSince);
  }

  @Override
  public synchronized void appended(long records, long bytes) {
    recordsSince += records;
    bytesSince += bytes;
  }

  private void refresh() {
    long recordsBefore;
    long bytesBefore;
    synchronized (this) {
      recordsBefore = recordsSince;
      bytesBefore = bytesSince;
    }
    WalBacklog answer = ask();
    synchronized (this) {
      asked = answer;
      recordsSince -= recordsBefore;
      bytesSince -= bytesBefore;
    }
  }

  private WalBacklog ask() {
    try {
      if (requestor == null) {
        connection = connector.connect();
        session = connection.createSession();
        requestor = new ClientRequestor(session, MANAGEMENT_ADDRESS);
        session.start();
      }
      long records = 0;
      long bytes = 0;
      for (String queue : queues) {
        records += attribute(queue, "durableMessageCount");
        bytes += attribute(queue, "durablePersistentSize");
      }
      failing = false;
      return new WalBacklog(records, bytes);
    } catch (Exception e) {
      if (!failing) {
        logger.log(WARNING, "cannot ask the broker for its backlog: url=" + connector, e);
        failing = true;
      }
      if (connection != null) {
        connection.abort("backlog requests failed");
      }
      disconnect();
      return new WalBacklog(0, 0);
    }
  }

  private long attribute(String queue, String name) throws Exception {
    ClientMessage question = session.createMessage(false);
    ManagementHelper.putAttribute(question, ResourceNames.QUEUE + queue, name);
    ClientMessage answer = requestor.request(question, REQUEST_TIMEOUT_MILLISECONDS);
    if (answer == null) {
      throw new ActiveMQException("no answer in time: attribute=" + name + ", queue=" + queue);
    }
    if (!ManagementHelper.hasOperationSucceeded(answer)) {
      throw new ActiveMQException(
          "refused: attribute="
              + name
              + ", queue="
              + queue
              + ": "
              + ManagementHelper.getResult(answer));
    }
    return ((Number) ManagementHelper.getResult(answer)).longValue();
  }

  private void disconnect() {
    requestor = null;
    session = null;
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
    try {
      if (executor.awaitTermination(REQUEST_TIMEOUT_MILLISECONDS, TimeUnit.MILLISECONDS)) {
        disconnect();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

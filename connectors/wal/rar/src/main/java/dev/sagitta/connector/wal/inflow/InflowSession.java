package dev.sagitta.connector.wal.inflow;

import static java.lang.System.Logger.Level.DEBUG;

import dev.sagitta.connector.wal.WalDelivery;
import dev.sagitta.connector.wal.WalException;
import dev.sagitta.connector.wal.WalRecord;
import dev.sagitta.connector.wal.broker.BrokerConnection;
import dev.sagitta.connector.wal.broker.BrokerConnector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.core.client.impl.ClientConsumerInternal;

/**
 * One consumer session with a connection of its own, from its start to its end; it never comes
 * back. The lock keeps acknowledgements of several threads apart and each with its commit.
 */
final class InflowSession implements WalDelivery, AutoCloseable {
  private static final System.Logger logger = System.getLogger(InflowSession.class.getName());
  private static final int ONE_AT_A_TIME = 0;
  private static final int EVERYTHING = -1;
  private static final int UNLIMITED_RATE = -1;
  private static final Duration CLOSE_LOCK_TIMEOUT = Duration.ofSeconds(2);

  private final String sessionId;
  private final InflowSettings settings;
  private final BrokerConnection connection;
  private final ClientSession session;
  private final DeliveryWindow window;
  private final List<ClientConsumerInternal> consumers = new ArrayList<>();
  private final AtomicReference<String> endReason = new AtomicReference<>();

  private final ReentrantLock lock = new ReentrantLock();

  /** Barriers that the listener has seen and the broker still keeps. */
  private final Queue<DeliveredRecord> seenBarriers = new ConcurrentLinkedQueue<>();

  private InflowSession(
      String sessionId,
      InflowSettings settings,
      BrokerConnection connection,
      ClientSession session) {
    this.sessionId = sessionId;
    this.settings = settings;
    this.connection = connection;
    this.session = session;
    window =
        new DeliveryWindow(
            settings.maximumBatch(), settings.spread() ? 1 : settings.maximumUnacknowledged());
  }

  /**
   * @throws WalException if the broker cannot be reached
   */
  static InflowSession open(BrokerConnector connector, InflowSettings settings, String sessionId)
      throws ActiveMQException {
    BrokerConnection connection = connector.connect();
    try {
      InflowSession opened =
          new InflowSession(sessionId, settings, connection, connection.createTransactedSession());
      opened.consume();
      return opened;
    } catch (ActiveMQException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private void consume() throws ActiveMQException {
    session.addFailureListener(new EndOnFailure(this));
    for (String queue : settings.queues()) {
      ClientConsumerInternal consumer =
          (ClientConsumerInternal)
              session.createConsumer(
                  queue,
                  null,
                  settings.spread() ? ONE_AT_A_TIME : EVERYTHING,
                  UNLIMITED_RATE,
                  false);
      consumers.add(consumer);
      if (!settings.spread()) {
        consumer.setMessageHandler(
            message -> window.arrive(new DeliveredRecord(this, consumer, queue, message)));
      }
    }
    session.start();
  }

  /** The next batch; empty if the time passes or the session ends. For the pump only. */
  List<DeliveredRecord> take(Duration timeout) throws InterruptedException, ActiveMQException {
    if (settings.spread()) {
      takeOne(timeout);
      return window.take(Duration.ZERO);
    }
    return window.take(timeout);
  }

  /** Asks the broker for a record only when it can be handed out. */
  private void takeOne(Duration timeout) throws InterruptedException, ActiveMQException {
    if (window.awaitRoom(timeout)) {
      ClientConsumerInternal consumer = consumers.getFirst();
      ClientMessage message = consumer.receive(timeout.toMillis());
      if (message != null) {
        window.arrive(new DeliveredRecord(this, consumer, settings.queues().getFirst(), message));
      }
    }
  }

  @Override
  public String sessionId() {
    return sessionId;
  }

  @Override
  public boolean alive() {
    return endReason.get() == null;
  }

  /** Why the session has ended; empty while it lives. */
  Optional<String> endReason() {
    return Optional.ofNullable(endReason.get());
  }

  int unacknowledged() {
    return window.unacknowledged();
  }

  @Override
  public void acknowledge(Collection<WalRecord> records) {
    List<DeliveredRecord> own = new ArrayList<>(records.size());
    for (WalRecord record : records) {
      if (!(record instanceof DeliveredRecord delivered) || !delivered.deliveredBy(this)) {
        throw new IllegalArgumentException(
            "not delivered by this session: sessionId=" + sessionId + ", record=" + record);
      }
      if (!delivered.barrier()) {
        own.add(delivered);
      }
    }
    lock.lock();
    try {
      own.removeIf(DeliveredRecord::acknowledged);
      if (own.isEmpty()) {
        requireAlive();
        return;
      }
      commit(own);
      window.acknowledged(own.size());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Barriers need no acknowledgement by the listener, but the broker wants one. Does not wait while
   * another thread commits: they go with the next commit, or the next call of this method.
   */
  void settleBarriers(List<DeliveredRecord> batch) {
    batch.stream().filter(DeliveredRecord::barrier).forEach(seenBarriers::add);
    if (!seenBarriers.isEmpty() && alive() && lock.tryLock()) {
      try {
        commit(List.of());
      } finally {
        lock.unlock();
      }
    }
  }

  private void commit(List<DeliveredRecord> records) {
    requireAlive();
    try {
      for (DeliveredRecord record : records) {
        record.acknowledge();
      }
      for (DeliveredRecord seen = seenBarriers.poll(); seen != null; seen = seenBarriers.poll()) {
        seen.acknowledge();
      }
      session.commit();
    } catch (ActiveMQException e) {
      end("acknowledgement failed: " + e.getMessage());
      throw new WalException(
          "the session ended while acknowledging; the records may come again: sessionId="
              + sessionId,
          e);
    }
    records.forEach(DeliveredRecord::markAcknowledged);
  }

  private void requireAlive() {
    endReason()
        .ifPresent(
            reason -> {
              throw new WalException(
                  "the session has ended: sessionId=" + sessionId + ", reason=" + reason);
            });
  }

  @Override
  public void abandon(String reason) {
    end("abandoned: " + reason);
  }

  /** Only the first reason counts. */
  void end(String reason) {
    if (endReason.compareAndSet(null, reason)) {
      window.end();
    }
  }

  /** Breaks the connection at once, whatever other threads do with it. */
  void abort() {
    end("aborted");
    connection.abort("session aborted");
  }

  /** Gives the unacknowledged records back to the broker. Waits for a bounded time. */
  @Override
  public void close() {
    end("closed");
    boolean locked = false;
    try {
      locked = lock.tryLock(CLOSE_LOCK_TIMEOUT.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      if (!locked) {
        connection.abort("an acknowledgement does not return");
      }
      connection.close();
    } catch (RuntimeException e) {
      logger.log(DEBUG, "closing a dead session: sessionId=" + sessionId, e);
    } finally {
      if (locked) {
        lock.unlock();
      }
    }
  }
}

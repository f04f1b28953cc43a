package dev.sagitta.worker.data;

import static java.util.Objects.requireNonNull;

import dev.sagitta.connector.wal.WalDelivery;
import dev.sagitta.connector.wal.WalListener;
import dev.sagitta.connector.wal.WalRecord;
import dev.sagitta.engine.time.Deadline;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** The data worker of a process: all its delivery sessions, and the clock that makes them flush. */
public final class DataWorker implements WalListener {
  private static final Logger LOGGER = System.getLogger(DataWorker.class.getName());
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration IDLE_POLL = Duration.ofMillis(20);

  private final DataWorkerServices services;
  private final ConcurrentHashMap<String, DeliverySession> sessions = new ConcurrentHashMap<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private ScheduledFuture<?> ticks;

  public DataWorker(DataWorkerServices services) {
    this.services = requireNonNull(services, "services is null");
  }

  /** Begins to flush by age; without it only size and requests do. */
  public synchronized void start(ScheduledExecutorService scheduler) {
    ticks =
        scheduler.scheduleWithFixedDelay(
            this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Flushes what it can until the deadline, and ends the clock. What is not flushed then stays in
   * the log.
   */
  public void stop(Deadline deadline) {
    synchronized (this) {
      if (ticks != null) {
        ticks.cancel(false);
      }
    }
    sessions.values().forEach(DeliverySession::requestFlush);
    try {
      while (!deadline.hasPassed() && !allIdle()) {
        boolean _ = stopped.await(IDLE_POLL.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    LOGGER.log(
        Level.INFO,
        "data worker stopped: sessions={0} everything flushed={1}",
        sessions.size(),
        allIdle());
    sessions.values().forEach(DeliverySession::giveUp);
  }

  @Override
  public void onRecords(List<WalRecord> batch, WalDelivery delivery) {
    sessions
        .computeIfAbsent(delivery.sessionId(), _ -> new DeliverySession(delivery, services))
        .accept(batch);
  }

  @Override
  public void onSessionEnded(WalDelivery delivery) {
    DeliverySession session = sessions.remove(delivery.sessionId());
    if (session != null) {
      session.end();
    }
    LOGGER.log(Level.INFO, "session ended: session={0}", delivery.sessionId());
  }

  private boolean allIdle() {
    return sessions.values().stream().allMatch(session -> session.idle() || !session.alive());
  }

  private void tick() {
    for (DeliverySession session : sessions.values()) {
      try {
        session.tick();
      } catch (RuntimeException e) {
        LOGGER.log(Level.WARNING, "flush by age failed, will be tried again", e);
      }
    }
  }
}

package dev.sagitta.connector.wal.outbound;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import dev.sagitta.connector.wal.WalException;
import dev.sagitta.connector.wal.WalFullException;
import dev.sagitta.connector.wal.WalOutcomeUnknownException;
import dev.sagitta.connector.wal.broker.BrokerConnector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQNonExistentQueueException;

/**
 * Writes waiting requests in the order in which they were submitted, as many as there are in one
 * broker transaction, so that concurrent requests share a journal sync. While one transaction
 * commits, the next requests gather.
 */
final class GroupCommitter implements AutoCloseable {
  private static final System.Logger logger = System.getLogger(GroupCommitter.class.getName());

  private static final int MAXIMUM_WAITING_REQUESTS = 10_000;
  private static final int MAXIMUM_BATCH_REQUESTS = 1_000;
  private static final long MAXIMUM_BATCH_BYTES = 16L << 20;
  private static final long IDLE_POLL_MILLISECONDS = 500;
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(3);

  private final BrokerConnector connector;
  private final MessageForm form;
  private final BlockingQueue<PendingRequest> waiting =
      new ArrayBlockingQueue<>(MAXIMUM_WAITING_REQUESTS);
  private final Thread thread;

  private volatile boolean closed;
  private volatile TransactedSender sender;

  /** Taken from the queue, but too large for the batch before. Only the thread uses it. */
  private PendingRequest carriedOver;

  private Duration pause = SHORTEST_PAUSE;

  GroupCommitter(BrokerConnector connector, MessageForm form, String threadName) {
    this.connector = connector;
    this.form = form;
    thread = Thread.ofPlatform().daemon().name(threadName).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Does not wait; the request's outcome tells what became of it. */
  void submit(PendingRequest request) {
    if (!closed && !waiting.offer(request)) {
      request.fail(
          new WalFullException("too many requests wait: waiting=" + MAXIMUM_WAITING_REQUESTS));
      return;
    }
    if (closed) {
      failWaiting();
      request.fail(stopped());
    }
  }

  private void run() {
    try {
      while (!closed) {
        List<PendingRequest> batch = nextBatch();
        if (!batch.isEmpty()) {
          write(batch);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      closed = true;
      if (carriedOver != null) {
        carriedOver.fail(stopped());
      }
      failWaiting();
      disconnect();
    }
  }

  private List<PendingRequest> nextBatch() throws InterruptedException {
    List<PendingRequest> batch = new ArrayList<>();
    PendingRequest next =
        carriedOver != null
            ? carriedOver
            : waiting.poll(IDLE_POLL_MILLISECONDS, TimeUnit.MILLISECONDS);
    carriedOver = null;
    long bytes = 0;
    while (next != null) {
      bytes += next.bytes();
      if (!batch.isEmpty() && bytes > MAXIMUM_BATCH_BYTES) {
        carriedOver = next;
        return batch;
      }
      batch.add(next);
      next = batch.size() < MAXIMUM_BATCH_REQUESTS ? waiting.poll() : null;
    }
    return batch;
  }

  /** Writes the batch as one transaction; if the broker refuses that, each request as its own. */
  private void write(List<PendingRequest> batch) throws InterruptedException {
    try {
      writeAtOnce(batch);
    } catch (ActiveMQException refusal) {
      if (batch.size() == 1) {
        batch.getFirst().fail(BrokerFailures.refused(refusal));
        return;
      }
      for (PendingRequest request : batch) {
        write(List.of(request));
      }
    }
  }

  /**
   * Returns when all requests have their outcome.
   *
   * @throws ActiveMQException if the broker refused; nothing was written and no request is complete
   */
  private void writeAtOnce(List<PendingRequest> batch)
      throws ActiveMQException, InterruptedException {
    List<PendingRequest> remaining = batch;
    WalException lastFailure = null;
    while (true) {
      remaining = dropOverdue(remaining, lastFailure);
      if (remaining.isEmpty()) {
        return;
      }
      try {
        connect();
        sender.requireQueues(remaining);
        sender.send(remaining);
      } catch (ActiveMQNonExistentQueueException e) {
        throw e;
      } catch (ActiveMQException | RuntimeException | Error e) {
        // Without a commit nothing was written, so that trying again is safe.
        lastFailure = new WalException("cannot reach the broker: " + e, e);
        lost(e);
        pause();
        continue;
      }
      commit(remaining);
      return;
    }
  }

  private List<PendingRequest> dropOverdue(List<PendingRequest> requests, WalException cause) {
    List<PendingRequest> inTime = new ArrayList<>(requests.size());
    for (PendingRequest request : requests) {
      if (closed) {
        request.fail(stopped());
      } else if (request.overdue()) {
        request.fail(
            new WalException("not written in time: entries=" + request.entries().size(), cause));
      } else {
        inTime.add(request);
      }
    }
    return inTime;
  }

  private void connect() throws ActiveMQException {
    if (sender == null) {
      sender = TransactedSender.open(connector, form);
      pause = SHORTEST_PAUSE;
      logger.log(INFO, "{0} connected to the broker: url={1}", thread.getName(), connector);
    }
  }

  private void commit(List<PendingRequest> requests) throws ActiveMQException {
    try {
      sender.commit();
    } catch (ActiveMQException e) {
      if (BrokerFailures.refusal(e)) {
        rollback();
        throw e;
      }
      failUnknown(requests, e);
      return;
    } catch (RuntimeException | Error e) {
      failUnknown(requests, e);
      return;
    }
    requests.forEach(PendingRequest::succeed);
  }

  private void failUnknown(List<PendingRequest> requests, Throwable cause) {
    WalException failure =
        new WalOutcomeUnknownException("the broker was lost during commit: " + cause, cause);
    lost(cause);
    requests.forEach(request -> request.fail(failure));
  }

  private void rollback() {
    try {
      sender.rollback();
    } catch (ActiveMQException e) {
      lost(e);
    }
  }

  private void lost(Throwable e) {
    if (!closed) {
      logger.log(WARNING, thread.getName() + " lost the broker: url=" + connector + ": " + e);
    }
    TransactedSender current = sender;
    if (current != null) {
      current.abort("sender failed");
    }
    disconnect();
  }

  private void disconnect() {
    TransactedSender current = sender;
    sender = null;
    if (current != null) {
      current.close();
    }
  }

  private void pause() throws InterruptedException {
    if (!closed) {
      Thread.sleep(pause);
      pause = Collections.min(List.of(pause.multipliedBy(2), LONGEST_PAUSE));
    }
  }

  private void failWaiting() {
    for (PendingRequest request = waiting.poll(); request != null; request = waiting.poll()) {
      request.fail(stopped());
    }
  }

  private static WalException stopped() {
    return new WalException("the log connector has stopped");
  }

  /** Lets the transaction under way finish, for a short time, and fails what waits. */
  @Override
  public void close() {
    closed = true;
    try {
      if (thread.isAlive() && !thread.join(STOP_TIMEOUT)) {
        TransactedSender current = sender;
        if (current != null) {
          current.abort("the log connector stops");
        }
        thread.interrupt();
        if (!thread.join(STOP_TIMEOUT)) {
          logger.log(WARNING, "{0} does not stop", thread.getName());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    failWaiting();
  }
}

package dev.sagitta.connector.wal.outbound;

import static java.util.Objects.requireNonNull;

import dev.sagitta.connector.wal.WalBacklog;
import dev.sagitta.connector.wal.WalEntry;
import dev.sagitta.connector.wal.WalException;
import dev.sagitta.connector.wal.WalFullException;
import dev.sagitta.connector.wal.broker.BacklogSource;
import dev.sagitta.connector.wal.broker.BrokerConnector;
import dev.sagitta.connector.wal.broker.LogLimits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What all connections of a process share. Records and barriers have a committer each, so that
 * barriers of quiet vchannels do not wait for the journal; a barrier is submitted when the last
 * append to its vchannel has its outcome.
 */
public final class LogAppender implements AutoCloseable {
  private final BacklogSource backlog;
  private final Admission admission;
  private final Duration appendTimeout;
  private final GroupCommitter records;
  private final GroupCommitter barriers;

  /** Callers' continuations run here: they must not hold up the committers. */
  private final ExecutorService continuations = Executors.newVirtualThreadPerTaskExecutor();

  private volatile boolean closed;

  private final Object order = new Object();
  private final Map<String, CompletableFuture<Void>> lastAppends = new ConcurrentHashMap<>();

  /** Starts the committers; they connect with the first request. */
  public LogAppender(
      BrokerConnector connector,
      BacklogSource backlog,
      long admissionBytes,
      Duration appendTimeout) {
    this.backlog = requireNonNull(backlog, "backlog is null");
    this.appendTimeout = requireNonNull(appendTimeout, "appendTimeout is null");
    admission = new Admission(backlog, admissionBytes);
    records = new GroupCommitter(connector, MessageForm.RECORD, "sagitta-wal-append");
    barriers = new GroupCommitter(connector, MessageForm.BARRIER, "sagitta-wal-barrier");
    records.start();
    barriers.start();
  }

  /** See {@link dev.sagitta.connector.wal.WalConnection#append}. */
  public CompletableFuture<Void> append(List<WalEntry> entries) {
    PendingRequest request = request(entries);
    boolean admissionControlled =
        request.entries().stream().anyMatch(entry -> !entry.vchannel().isEmpty());
    if (admissionControlled) {
      try {
        admission.admit(request.bytes());
      } catch (WalFullException e) {
        return CompletableFuture.failedFuture(e);
      }
    }
    CompletableFuture<Void> result = new CompletableFuture<>();
    var _ =
        request
            .outcome()
            .whenComplete(
                (nothing, failure) -> {
                  if (failure == null) {
                    backlog.appended(request.entries().size(), request.bytes());
                  }
                  if (admissionControlled) {
                    admission.release(request.bytes());
                  }
                  forget(request);
                  complete(result, failure);
                });
    synchronized (order) {
      for (WalEntry entry : request.entries()) {
        lastAppends.put(entry.vchannel(), request.outcome());
      }
      records.submit(request);
    }
    return result;
  }

  /** See {@link dev.sagitta.connector.wal.WalConnection#sendBarrier}. */
  public CompletableFuture<Void> sendBarrier(WalEntry barrier) {
    PendingRequest request = request(List.of(barrier));
    CompletableFuture<Void> result = new CompletableFuture<>();
    var _ = request.outcome().whenComplete((nothing, failure) -> complete(result, failure));
    CompletableFuture<Void> previous;
    synchronized (order) {
      previous = lastAppends.get(barrier.vchannel());
    }
    if (previous == null) {
      barriers.submit(request);
    } else {
      var _ = previous.whenComplete((nothing, failure) -> barriers.submit(request));
    }
    return result;
  }

  public WalBacklog backlog() {
    return backlog.current();
  }

  boolean closed() {
    return closed;
  }

  private PendingRequest request(List<WalEntry> entries) {
    long bytes = 0;
    for (WalEntry entry : entries) {
      if (entry.body().length > LogLimits.MAXIMUM_RECORD_BYTES) {
        throw new IllegalArgumentException(
            "a record has at most "
                + LogLimits.MAXIMUM_RECORD_BYTES
                + " bytes: bytes="
                + entry.body().length);
      }
      bytes += entry.body().length;
    }
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("nothing to append: entries=0");
    }
    long deadline = System.nanoTime() + appendTimeout.toNanos();
    return new PendingRequest(entries, bytes, deadline, new CompletableFuture<>());
  }

  private void forget(PendingRequest request) {
    for (WalEntry entry : request.entries()) {
      lastAppends.remove(entry.vchannel(), request.outcome());
    }
  }

  private void complete(CompletableFuture<Void> result, Throwable failure) {
    Runnable completion =
        failure == null ? () -> result.complete(null) : () -> result.completeExceptionally(failure);
    continuations.execute(completion);
  }

  /** Everything that waits fails with {@link WalException}. */
  @Override
  public void close() {
    closed = true;
    records.close();
    barriers.close();
    continuations.shutdown();
  }
}

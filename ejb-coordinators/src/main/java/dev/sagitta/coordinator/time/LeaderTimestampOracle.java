package dev.sagitta.coordinator.time;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.sagitta.coordinator.catalog.Catalog;
import dev.sagitta.coordinator.catalog.NotLeaderException;
import dev.sagitta.coordinator.leader.LeaderCalls;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.engine.time.Timestamps;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The oracle on any node: directly at the allocator when this node leads, else by calls to the
 * leader, one at a time. Requests that come while a call is under way share the next one.
 */
public final class LeaderTimestampOracle implements TimestampOracle {
  private static final String SERVICE = "timestamp.allocate";
  private static final int LARGEST_COUNT = (1 << Timestamps.LOGICAL_BITS) - 1;

  private final Catalog catalog;
  private final LeaderCalls leader;
  private final TimestampAllocator allocator;
  private final Queue<Request> waiting = new ArrayDeque<>();
  private final ReentrantLock calling = new ReentrantLock();
  private volatile long latest;

  public LeaderTimestampOracle(Catalog catalog, LeaderCalls leader, InstantSource clock) {
    this.catalog = requireNonNull(catalog, "catalog is null");
    this.leader = requireNonNull(leader, "leader is null");
    this.allocator = new TimestampAllocator(catalog, clock);
    leader.register(SERVICE, this::answer);
  }

  @Override
  public long allocate(int count, Deadline deadline) {
    if (count < 1 || count > LARGEST_COUNT) {
      throw new IllegalArgumentException(
          "count must be 1 to " + LARGEST_COUNT + ": count=" + count);
    }
    if (catalog.journal().leadingEpoch().isPresent()) {
      try {
        return allocator.allocate(count, deadline);
      } catch (NotLeaderException e) {
        // Leadership was lost meanwhile: ask the new leader.
        return allocateRemotely(new Request(count, new CompletableFuture<>()), deadline);
      }
    }
    return allocateRemotely(new Request(count, new CompletableFuture<>()), deadline);
  }

  private long allocateRemotely(Request request, Deadline deadline) {
    synchronized (waiting) {
      waiting.add(request);
    }
    try {
      if (!calling.tryLock(deadline.remaining().toNanos(), NANOSECONDS)) {
        throw new SagittaException(ErrorCode.TIMEOUT, "request timeout: operation=timestamp");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SagittaException(ErrorCode.CANCELLED, "interrupted: operation=timestamp", e);
    } finally {
      if (!calling.isHeldByCurrentThread()) {
        synchronized (waiting) {
          waiting.remove(request);
        }
      }
    }
    try {
      while (!request.first().isDone()) {
        callFor(nextBatch(), request, deadline);
      }
    } finally {
      calling.unlock();
    }
    return DeadlineWait.result(request.first(), deadline, "timestamp");
  }

  /** As many of the waiting requests as fit into one call. */
  private List<Request> nextBatch() {
    List<Request> batch = new ArrayList<>();
    int total = 0;
    synchronized (waiting) {
      while (!waiting.isEmpty() && total + waiting.peek().count() <= LARGEST_COUNT) {
        Request request = waiting.remove();
        total += request.count();
        batch.add(request);
      }
    }
    return batch;
  }

  /** A failure is the caller's; the others of its batch go back and call for themselves. */
  private void callFor(List<Request> batch, Request own, Deadline deadline) {
    try {
      int total = batch.stream().mapToInt(Request::count).sum();
      byte[] body = ByteBuffer.allocate(Integer.BYTES).putInt(total).array();
      long first = ByteBuffer.wrap(leader.callWithoutCatalog(SERVICE, body, deadline)).getLong();
      if (first < latest) {
        throw new SagittaException(
            ErrorCode.SERVICE_NOT_READY,
            "timestamp from a node that leads no more: timestamp=" + first + " latest=" + latest);
      }
      latest = first + total;
      for (Request request : batch) {
        request.first().complete(first);
        first += request.count();
      }
    } catch (RuntimeException e) {
      own.first().completeExceptionally(e);
      synchronized (waiting) {
        batch.stream().filter(request -> !request.first().isDone()).forEach(waiting::add);
      }
    }
  }

  private byte[] answer(byte[] request, Deadline deadline) {
    long first = allocator.allocate(ByteBuffer.wrap(request).getInt(), deadline);
    return ByteBuffer.allocate(Long.BYTES).putLong(first).array();
  }

  private record Request(int count, CompletableFuture<Long> first) {}
}

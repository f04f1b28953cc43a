package dev.sagitta.embedding.onnx;

import static java.util.Objects.requireNonNull;

import dev.sagitta.embedding.EmbeddingMode;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The threads that compute, and what waits for them: queries before rows, and in order otherwise.
 * Idle threads end.
 */
final class EncodingQueue implements AutoCloseable {
  private static final long IDLE_SECONDS = 30;
  private static final long CLOSE_SECONDS = 30;

  private final ThreadPoolExecutor threads;
  private final AtomicLong sequence = new AtomicLong();

  EncodingQueue(int threadCount) {
    AtomicInteger number = new AtomicInteger();
    this.threads =
        new ThreadPoolExecutor(
            threadCount,
            threadCount,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new PriorityBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "sagitta-embedding-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Computes on one of the threads.
   *
   * @return what was computed; cancelling it makes a task that waits do nothing
   * @throws RejectedExecutionException when closed
   */
  <T> CompletableFuture<T> submit(EmbeddingMode mode, Callable<T> work) {
    Task<T> task = new Task<>(mode, sequence.getAndIncrement(), work, new CompletableFuture<>());
    threads.execute(task);
    return task.result();
  }

  /** Lets running tasks end; those that wait fail. */
  @Override
  public void close() {
    for (Runnable waiting : threads.shutdownNow()) {
      ((Task<?>) waiting).result().cancel(false);
    }
    try {
      if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("a computation does not end: seconds=" + CLOSE_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a computation ends", e);
    }
  }

  private record Task<T>(
      EmbeddingMode mode, long sequence, Callable<T> work, CompletableFuture<T> result)
      implements Runnable, Comparable<Task<?>> {
    Task {
      requireNonNull(mode, "mode is null");
      requireNonNull(work, "work is null");
      requireNonNull(result, "result is null");
    }

    @Override
    public void run() {
      if (result.isDone()) {
        return;
      }
      try {
        result.complete(work.call());
      } catch (Exception | LinkageError e) {
        result.completeExceptionally(e);
      }
    }

    @Override
    public int compareTo(Task<?> other) {
      if (mode != other.mode) {
        return mode == EmbeddingMode.SEARCH ? -1 : 1;
      }
      return Long.compare(sequence, other.sequence);
    }
  }
}

package dev.sagitta.query.node;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Thread pools of one purpose each, made of the container's threads, stopped together. */
public final class NodeThreads {
  private static final int QUEUE_LIMIT = 10_000;
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

  private final ThreadFactory threadFactory;
  private final List<ExecutorService> pools = new java.util.ArrayList<>();

  public NodeThreads(ThreadFactory threadFactory) {
    this.threadFactory = requireNonNull(threadFactory, "threadFactory is null");
  }

  /** A pool of at most {@code threads}, which end when idle; its queue is bounded. */
  public synchronized ExecutorService pool(int threads) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(QUEUE_LIMIT),
            threadFactory);
    pool.allowCoreThreadTimeOut(true);
    pools.add(pool);
    return pool;
  }

  public synchronized ScheduledExecutorService scheduler() {
    ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1, threadFactory);
    pools.add(scheduler);
    return scheduler;
  }

  /** Ends all pools; waits a bounded time for what runs. */
  public synchronized void stop() {
    pools.forEach(ExecutorService::shutdown);
    long end = System.nanoTime() + STOP_TIMEOUT.toNanos();
    try {
      for (ExecutorService pool : pools) {
        if (!pool.awaitTermination(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
          var _ = pool.shutdownNow();
        }
      }
    } catch (InterruptedException e) {
      pools.forEach(ExecutorService::shutdownNow);
      Thread.currentThread().interrupt();
    }
  }
}

package dev.sagitta.coordinator.node;

import static java.lang.System.Logger.Level.WARNING;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;

/** The threads of the coordinators: bounded, idle ones end, all of them are stopped together. */
final class NodeThreads {
  private static final System.Logger LOG = System.getLogger(NodeThreads.class.getName());
  private static final int BACKGROUND_THREADS = 64;
  private static final int CALL_THREADS = 32;
  private static final int WAITING_CALLS = 10_000;
  private static final int TIMER_THREADS = 4;
  private static final int IDLE_SECONDS = 30;
  private static final int STOP_SECONDS = 3;

  private final ThreadPoolExecutor background;
  private final ThreadPoolExecutor calls;
  private final ScheduledThreadPoolExecutor timer;

  /**
   * @param factory makes threads of the container
   */
  NodeThreads(ThreadFactory factory) {
    background =
        new ThreadPoolExecutor(
            0, BACKGROUND_THREADS, IDLE_SECONDS, SECONDS, new SynchronousQueue<>(), factory);
    calls =
        new ThreadPoolExecutor(
            CALL_THREADS,
            CALL_THREADS,
            IDLE_SECONDS,
            SECONDS,
            new LinkedBlockingQueue<>(WAITING_CALLS),
            factory);
    calls.allowCoreThreadTimeOut(true);
    timer = new ScheduledThreadPoolExecutor(TIMER_THREADS, factory);
    timer.setRemoveOnCancelPolicy(true);
  }

  /** Runs commits and snapshots; refuses when too many run. */
  Executor background() {
    return background;
  }

  /** Runs calls of this node to itself. */
  Executor calls() {
    return calls;
  }

  /** Runs the task, which does not throw, again and again. */
  void every(Duration period, Runnable task) {
    var _ = timer.scheduleWithFixedDelay(task, period.toMillis(), period.toMillis(), MILLISECONDS);
  }

  /**
   * Something that asks for the task to run soon: once for all requests that come before it begins.
   */
  Runnable soon(Duration delay, Runnable task) {
    AtomicBoolean requested = new AtomicBoolean();
    Runnable run =
        () -> {
          requested.set(false);
          task.run();
        };
    return () -> {
      if (!timer.isShutdown() && requested.compareAndSet(false, true)) {
        try {
          var _ = timer.schedule(run, delay.toMillis(), MILLISECONDS);
        } catch (RejectedExecutionException e) {
          // Stopped in this moment: nothing is wanted soon any more.
          requested.set(false);
        }
      }
    };
  }

  /** Lets commits under way end, but not for long, and then interrupts whatever still runs. */
  void stop() {
    timer.shutdownNow();
    calls.shutdown();
    background.shutdown();
    try {
      if (!background.awaitTermination(STOP_SECONDS, SECONDS)) {
        LOG.log(WARNING, "coordinators' work interrupted: threads={0}", background.getPoolSize());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    calls.shutdownNow();
    background.shutdownNow();
  }
}

package dev.sagitta.engine.index.diskann;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.index.BuildProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** Does something for each of many nodes with several threads. */
final class BuildThreads {
  /** Nodes a thread takes at a time, and between two looks at cancellation. */
  private static final int NODES_PER_STEP = 64;

  private final int count;
  private final Supplier<? extends IntConsumer> workers;
  private final BuildProgress progress;
  private final IntConsumer report;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  private BuildThreads(
      int count,
      Supplier<? extends IntConsumer> workers,
      BuildProgress progress,
      IntConsumer report) {
    this.count = count;
    this.workers = requireNonNull(workers, "workers is null");
    this.progress = requireNonNull(progress, "progress is null");
    this.report = requireNonNull(report, "report is null");
  }

  /**
   * Passes the numbers 0 to {@code count - 1} to workers, of which each thread makes one.
   *
   * @param report told how many are done, by any thread
   * @throws CancellationException if progress says so
   */
  static void forEach(
      int count,
      Supplier<? extends IntConsumer> workers,
      BuildProgress progress,
      IntConsumer report) {
    new BuildThreads(count, workers, progress, report).run();
  }

  /**
   * For loops of one thread: now and then asks whether to stop.
   *
   * @throws CancellationException if progress says so
   */
  static void checkCancelled(BuildProgress progress, int position) {
    if (position % NODES_PER_STEP == 0 && progress.cancelled()) {
      throw new CancellationException("index build was cancelled");
    }
  }

  private void run() {
    List<Thread> helpers = new ArrayList<>();
    for (int i = 1; i < progress.parallelism(); i++) {
      helpers.add(Thread.ofPlatform().daemon().name("diskann-build-" + i).start(this::work));
    }
    work();
    boolean interrupted = false;
    for (Thread helper : helpers) {
      interrupted |= joinUninterruptibly(helper);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    Throwable thrown = failure.get();
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
  }

  /** The helpers write to memory that is freed after the build, so there is no leaving early. */
  private boolean joinUninterruptibly(Thread helper) {
    boolean interrupted = false;
    while (true) {
      try {
        helper.join();
        return interrupted;
      } catch (InterruptedException e) {
        interrupted = true;
        failure.compareAndSet(null, new CancellationException("index build was interrupted"));
      }
    }
  }

  private void work() {
    try {
      IntConsumer worker = workers.get();
      int from;
      while (failure.get() == null && (from = next.getAndAdd(NODES_PER_STEP)) < count) {
        checkCancelled(progress, 0);
        int to = Math.min(count, from + NODES_PER_STEP);
        for (int i = from; i < to; i++) {
          worker.accept(i);
        }
        report.accept(done.addAndGet(to - from));
      }
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    }
  }
}

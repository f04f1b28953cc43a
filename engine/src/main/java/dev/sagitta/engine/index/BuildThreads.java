package dev.sagitta.engine.index;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Works through a range of items with the calling thread and as many helpers as a build may use.
 * The helpers live as long as the call, and the call never leaves before they end.
 */
public final class BuildThreads {
  private final int itemCount;
  private final int itemsPerStep;
  private final BuildProgress progress;
  private final Supplier<Step> steps;
  private final AtomicInteger nextItem = new AtomicInteger();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  private BuildThreads(
      int itemCount, int itemsPerStep, BuildProgress progress, Supplier<Step> steps) {
    this.itemCount = itemCount;
    this.itemsPerStep = itemsPerStep;
    this.progress = requireNonNull(progress, "progress is null");
    this.steps = requireNonNull(steps, "steps is null");
  }

  /** The work of one thread, with scratch memory of its own. */
  @FunctionalInterface
  public interface Step {
    /** Works on the items {@code from} to {@code to - 1}. */
    void run(int from, int to);
  }

  /**
   * Runs over the items 0 to {@code itemCount - 1}, {@code itemsPerStep} at a time, in no
   * particular order.
   *
   * @param steps asked once by each thread
   * @throws CancellationException if progress says so, or the calling thread is interrupted
   */
  public static void run(
      int itemCount, int itemsPerStep, BuildProgress progress, Supplier<Step> steps) {
    if (itemCount < 0 || itemsPerStep < 1) {
      throw new IllegalArgumentException(
          "no such work: itemCount=" + itemCount + " itemsPerStep=" + itemsPerStep);
    }
    new BuildThreads(itemCount, itemsPerStep, progress, steps).run();
  }

  private void run() {
    int stepCount = Math.ceilDiv(itemCount, itemsPerStep);
    int threadCount = Math.min(progress.parallelism(), stepCount);
    List<Thread> helpers = new ArrayList<>();
    for (int i = 1; i < threadCount; i++) {
      helpers.add(Thread.ofPlatform().daemon().name("index-build-" + i).start(this::work));
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
      Step step = steps.get();
      int from;
      while (failure.get() == null && (from = takeStep()) < itemCount) {
        progress.requireNotCancelled();
        step.run(from, endOf(from));
      }
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    }
  }

  private int takeStep() {
    // Not getAndAdd, which would overflow near the largest number of items.
    return nextItem.getAndUpdate(item -> item >= itemCount ? item : endOf(item));
  }

  private int endOf(int item) {
    return itemCount - item <= itemsPerStep ? itemCount : item + itemsPerStep;
  }
}

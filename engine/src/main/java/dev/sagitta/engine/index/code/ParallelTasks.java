package dev.sagitta.engine.index.code;

import dev.sagitta.engine.index.BuildProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/** Runs numbered pieces of training on the threads that a build may use. */
final class ParallelTasks {
  private final int count;
  private final IntConsumer task;
  private final BuildProgress progress;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  private ParallelTasks(int count, IntConsumer task, BuildProgress progress) {
    this.count = count;
    this.task = task;
    this.progress = progress;
  }

  /**
   * Runs the tasks 0 to {@code count - 1} and waits for their end.
   *
   * @throws CancellationException if progress says so, or the thread is interrupted
   */
  static void run(int count, BuildProgress progress, IntConsumer task) {
    ParallelTasks tasks = new ParallelTasks(count, task, progress);
    List<Thread> helpers = new ArrayList<>();
    for (int i = 1; i < Math.min(count, progress.parallelism()); i++) {
      helpers.add(Thread.ofPlatform().daemon().name("code-training-" + i).start(tasks::takeTasks));
    }
    tasks.takeTasks();
    boolean interrupted = false;
    for (Thread helper : helpers) {
      interrupted |= tasks.join(helper);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    tasks.throwFailure();
  }

  static void requireNotCancelled(BuildProgress progress) {
    if (progress.cancelled()) {
      throw new CancellationException("index build was cancelled");
    }
  }

  private void takeTasks() {
    try {
      int number;
      while (failure.get() == null && (number = next.getAndIncrement()) < count) {
        requireNotCancelled(progress);
        task.accept(number);
      }
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    }
  }

  /** Answers whether this thread was interrupted; the others then end after their task. */
  private boolean join(Thread helper) {
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

  private void throwFailure() {
    Throwable thrown = failure.get();
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
  }
}

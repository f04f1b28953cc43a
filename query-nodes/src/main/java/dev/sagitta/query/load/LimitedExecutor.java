package dev.sagitta.query.load;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** Runs at most a number of tasks at a time on another executor; the others wait in a queue. */
public final class LimitedExecutor implements Executor {
  private final Executor executor;
  private final int parallelism;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int running;

  public LimitedExecutor(Executor executor, int parallelism) {
    this.executor = requireNonNull(executor, "executor is null");
    if (parallelism < 1) {
      throw new IllegalArgumentException("parallelism must be positive: " + parallelism);
    }
    this.parallelism = parallelism;
  }

  @Override
  public void execute(Runnable task) {
    synchronized (this) {
      if (running == parallelism) {
        waiting.add(task);
        return;
      }
      running++;
    }
    start(task);
  }

  private void start(Runnable task) {
    try {
      executor.execute(
          () -> {
            try {
              task.run();
            } finally {
              next();
            }
          });
    } catch (RuntimeException e) {
      next();
      throw e;
    }
  }

  private void next() {
    Runnable task;
    synchronized (this) {
      task = waiting.poll();
      if (task == null) {
        running--;
        return;
      }
    }
    start(task);
  }
}

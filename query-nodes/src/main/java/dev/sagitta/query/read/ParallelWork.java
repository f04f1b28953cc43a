package dev.sagitta.query.read;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.time.Deadline;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/**
 * Runs numbered units of a read, on helpers when there are any free. The caller works too and needs
 * no helper to finish, so a busy pool slows a read down but cannot block it.
 */
final class ParallelWork {
  private final Executor helpers;
  private final int parallelism;

  ParallelWork(Executor helpers, int parallelism) {
    this.helpers = requireNonNull(helpers, "helpers is null");
    this.parallelism = parallelism;
  }

  /** Runs the units one after the other, looking at the deadline between them. */
  static void sequential(int units, Deadline deadline, IntConsumer work) {
    for (int unit = 0; unit < units; unit++) {
      requireTime(deadline);
      work.accept(unit);
    }
  }

  /** Runs the units on as many threads as allowed and returns when all have ended. */
  void parallel(int units, Deadline deadline, IntConsumer work) {
    Run run = new Run(units, deadline, work);
    for (int helper = 1; helper < Math.min(parallelism, units); helper++) {
      try {
        helpers.execute(run::takeUnits);
      } catch (RejectedExecutionException e) {
        break;
      }
    }
    run.takeUnits();
    run.await();
  }

  static void requireTime(Deadline deadline) {
    if (deadline.hasPassed()) {
      throw new SagittaException(ErrorCode.TIMEOUT, "deadline exceeded while reading");
    }
  }

  private static final class Run {
    private final int units;
    private final Deadline deadline;
    private final IntConsumer work;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final CountDownLatch unfinished;

    Run(int units, Deadline deadline, IntConsumer work) {
      this.units = units;
      this.deadline = deadline;
      this.work = work;
      this.unfinished = new CountDownLatch(units);
    }

    void takeUnits() {
      int unit = next.getAndIncrement();
      while (unit < units) {
        try {
          if (failure.get() == null) {
            requireTime(deadline);
            work.accept(unit);
          }
        } catch (RuntimeException | Error e) {
          failure.compareAndSet(null, e);
        } finally {
          unfinished.countDown();
        }
        unit = next.getAndIncrement();
      }
    }

    /** Units end soon after the deadline, so this waits a little longer than that at most. */
    void await() {
      boolean interrupted = false;
      while (true) {
        try {
          if (unfinished.await(1, TimeUnit.SECONDS)) {
            break;
          }
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      switch (failure.get()) {
        case null -> {}
        case Error error -> throw error;
        case RuntimeException exception -> throw exception;
        case Throwable other -> throw new IllegalStateException(other);
      }
    }
  }
}

package dev.sagitta.engine;

import static java.util.Objects.requireNonNull;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * Counts what compiled code leaves on the heap. Interpreted vectors are objects, and a method that
 * is called now and then is compiled late: the claims are about code in its last form, so work is
 * repeated until it leaves as little as claimed, for a time and not for a number of rounds.
 */
public final class AllocatedBytes {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private AllocatedBytes() {}

  /**
   * Runs the work until one run leaves at most so many bytes, or for a minute.
   *
   * @return bytes that the last run left
   */
  public static long untilAtMost(long bytesMax, Runnable work) {
    return untilAtMost(bytesMax, () -> {}, work);
  }

  /**
   * The same with a preparation before each run, whose bytes don't count.
   *
   * @return bytes that the last run left
   */
  public static long untilAtMost(long bytesMax, Runnable preparation, Runnable work) {
    requireNonNull(preparation, "preparation is null");
    requireNonNull(work, "work is null");
    long deadline = System.nanoTime() + LIMIT.toNanos();
    long allocated;
    do {
      preparation.run();
      long before = THREADS.getCurrentThreadAllocatedBytes();
      work.run();
      allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    } while (allocated > bytesMax && System.nanoTime() < deadline);
    return allocated;
  }
}

package dev.sagitta.connector.wal.container;

import java.util.List;
import java.util.Set;

/** Finds threads that should not be left. */
public final class Threads {
  private Threads() {}

  /** All threads now. */
  public static Set<Thread> running() {
    return Set.copyOf(Thread.getAllStackTraces().keySet());
  }

  /** Waits until no other threads than these are left, the JDK's own aside. */
  public static void awaitGone(Set<Thread> before) throws Exception {
    Eventually.await("threads gone", () -> left(before).isEmpty());
  }

  private static List<String> left(Set<Thread> before) {
    return running().stream()
        .filter(thread -> !before.contains(thread))
        .map(Thread::getName)
        .filter(name -> !name.startsWith("ForkJoinPool") && !name.startsWith("VirtualThread"))
        .toList();
  }
}

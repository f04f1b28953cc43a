package dev.sagitta.engine.metrics;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;

/** A number that only grows. Safe for concurrent use. */
public final class Counter {
  private final LongAdder value = new LongAdder();
  private volatile LongConsumer mirror = ignored -> {};
  private boolean mirrored;

  Counter() {}

  public void increment() {
    add(1);
  }

  /** Adds a number that is not negative. */
  public void add(long amount) {
    value.add(amount);
    mirror.accept(amount);
  }

  public long value() {
    return value.sum();
  }

  /** Counts on in the mirror, from the present value; the first mirror stays. */
  synchronized void mirrorTo(LongConsumer target) {
    if (!mirrored) {
      mirrored = true;
      target.accept(value());
      mirror = target;
    }
  }
}

package dev.sagitta.engine.metrics;

import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** Counts of observations by upper bound, with their sum. Safe for concurrent use. */
public final class Histogram {
  /** Milvus's bounds for latencies, in milliseconds, and a few finer ones. */
  private static final double[] LATENCY_BOUNDS = {
    0.5, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536, 131072
  };

  private final double[] bounds;
  private final LongAdder[] counts;
  private final DoubleAdder sum = new DoubleAdder();

  Histogram() {
    this.bounds = LATENCY_BOUNDS;
    this.counts = new LongAdder[bounds.length + 1];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = new LongAdder();
    }
  }

  public void observe(double value) {
    int bucket = 0;
    while (bucket < bounds.length && value > bounds[bucket]) {
      bucket++;
    }
    counts[bucket].increment();
    sum.add(value);
  }

  /** Observes the milliseconds since a {@link System#nanoTime()}. */
  public void observeSince(long startNanos) {
    observe((System.nanoTime() - startNanos) / 1e6);
  }

  public double sum() {
    return sum.sum();
  }

  public long count() {
    long total = 0;
    for (LongAdder count : counts) {
      total += count.sum();
    }
    return total;
  }

  int bucketCount() {
    return bounds.length;
  }

  double bound(int bucket) {
    return bounds[bucket];
  }

  long countInBucket(int bucket) {
    return counts[bucket].sum();
  }
}

package dev.sagitta.engine.index.graph;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * A bounded pool of scratch memory; allocates only when all of it is in use.
 *
 * @param <T> what one search needs
 */
public final class ScratchPool<T> {
  private static final int SLOTS = 2 * Runtime.getRuntime().availableProcessors();

  private final AtomicReferenceArray<T> slots = new AtomicReferenceArray<>(SLOTS);
  private final Supplier<T> factory;

  public ScratchPool(Supplier<T> factory) {
    this.factory = requireNonNull(factory, "factory is null");
  }

  /** Takes scratch memory out of the pool, or allocates some. */
  public T acquire() {
    for (int i = 0; i < SLOTS; i++) {
      if (slots.getPlain(i) != null) {
        T scratch = slots.getAndSet(i, null);
        if (scratch != null) {
          return scratch;
        }
      }
    }
    return factory.get();
  }

  /** Takes the scratch back; one too many is left to the garbage collector. */
  public void release(T scratch) {
    for (int i = 0; i < SLOTS; i++) {
      if (slots.getPlain(i) == null && slots.compareAndSet(i, null, scratch)) {
        return;
      }
    }
  }
}

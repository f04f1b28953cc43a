package dev.sagitta.coordinator.root;

/** Ids reserved for one command before it is decided, so that deciding again uses the same ones. */
final class FreshIds {
  private final long first;
  private final int count;
  private int used;

  FreshIds(long first, int count) {
    this.first = first;
    this.count = count;
  }

  /** The command's timestamp. */
  long timestamp() {
    return first;
  }

  long next() {
    if (used == count) {
      throw new IllegalStateException("command needs more ids than it reserved: count=" + count);
    }
    return first + used++;
  }
}

package dev.sagitta.engine.filter.evaluate;

/** A buffer that grows to the longest value of one run. Belongs to one thread. */
public final class Scratch {
  private byte[] buffer = new byte[256];

  /** A buffer of at least that size; what it held before may be lost. */
  byte[] ofSize(int size) {
    if (buffer.length < size) {
      buffer = new byte[Math.max(size, 2 * buffer.length)];
    }
    return buffer;
  }
}

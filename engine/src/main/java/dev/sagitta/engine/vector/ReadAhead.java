package dev.sagitta.engine.vector;

/**
 * Reading one byte of each page some pages before the page is scanned. The processor's prefetcher
 * stops at the end of a page of 4 KiB; a load on a page to come fetches its translation and starts
 * the prefetcher there, which makes a scan faster than a plain sequential read.
 */
final class ReadAhead {
  static final int PAGE_BYTES = 4096;

  /** How far ahead of the scan the page lies. */
  static final int DISTANCE_BYTES = 2 * PAGE_BYTES;

  private static int sink;

  private ReadAhead() {}

  /**
   * Uses what was read, so that the compiler does not remove the loads; never writes.
   *
   * @param touched all bytes that were read, or-ed
   */
  static void keep(int touched) {
    if (touched > Byte.MAX_VALUE) {
      sink = touched;
    }
  }

  /** What {@link #keep} wrote last. */
  static int sink() {
    return sink;
  }
}

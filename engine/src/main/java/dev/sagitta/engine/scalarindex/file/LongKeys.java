package dev.sagitta.engine.scalarindex.file;

import dev.sagitta.engine.storage.BlockFile;
import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;

/**
 * Sorted keys of 64 bits, in place: block {@value #BLOCK} holds one int64 a key, strictly ascending
 * as signed numbers.
 */
public final class LongKeys {
  /** Code of the block. */
  public static final int BLOCK = 3;

  private final MemorySegment keys;
  private final int size;

  LongKeys(BlockFile file, int size) {
    this.keys = Blocks.ofLength(file, BLOCK, (long) size * Long.BYTES);
    this.size = size;
  }

  public int size() {
    return size;
  }

  public long get(int ordinal) {
    return keys.get(LittleEndian.LONG, (long) ordinal * Long.BYTES);
  }

  /** Number of keys smaller than {@code key}. */
  public int lowerBound(long key) {
    return search(key, 0, size);
  }

  /** Number of keys not greater than {@code key}. */
  public int upperBound(long key) {
    return key == Long.MAX_VALUE ? size : lowerBound(key + 1);
  }

  /**
   * As {@link #lowerBound(long)} where it is known to be at least {@code from}: looks further and
   * further ahead, so that ascending searches cost little.
   */
  public int lowerBound(long key, int from) {
    int low = from;
    int step = 1;
    int high = from;
    while (high < size && get(high) < key) {
      low = high + 1;
      high = (int) Math.min(size, (long) high + step);
      step <<= 1;
    }
    return search(key, low, Math.min(high, size));
  }

  private int search(long key, int from, int to) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (get(middle) < key) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

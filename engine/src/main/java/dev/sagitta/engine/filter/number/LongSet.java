package dev.sagitta.engine.filter.number;

import java.util.Arrays;

/**
 * An immutable set of longs: a table of bits when the values lie close together, else an open hash
 * table at most half full. A probe costs one or two loads.
 */
public final class LongSet implements LongTest {
  private static final long HASH_FACTOR = 0x9E3779B97F4A7C15L;

  /** Bits spent per value before a hash table is the smaller one. */
  private static final long DENSE_BITS_PER_VALUE = 64;

  private final long minimum;
  private final long maximum;

  /** Bit {@code value - minimum}; empty when hashed. */
  private final long[] bits;

  private final long[] table;
  private final int shift;

  /** Marks a free slot; not a value of the set. */
  private final long free;

  /** Made when first asked for. */
  private volatile long[] sorted;

  public LongSet(long[] values) {
    long low = Long.MAX_VALUE;
    long high = Long.MIN_VALUE;
    for (long value : values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    minimum = low;
    maximum = high;
    long span = high - low;
    boolean dense =
        values.length > 0 && span >= 0 && span < DENSE_BITS_PER_VALUE * (values.length + 16L);
    if (values.length == 0 || dense) {
      bits = dense ? bitTable(values, low, (int) span) : new long[0];
      table = new long[0];
      shift = 0;
      free = 0;
    } else {
      bits = new long[0];
      int slots = Integer.highestOneBit(Math.max(4, values.length * 2 - 1)) << 1;
      shift = Long.SIZE - Integer.numberOfTrailingZeros(slots);
      free = freeMarker(low, high, values);
      table = hashTable(values, slots);
    }
  }

  private static long[] bitTable(long[] values, long low, int span) {
    long[] words = new long[(span >>> 6) + 1];
    for (long value : values) {
      int bit = (int) (value - low);
      words[bit >>> 6] |= 1L << bit;
    }
    return words;
  }

  private long[] hashTable(long[] values, int slots) {
    long[] slotValues = new long[slots];
    Arrays.fill(slotValues, free);
    for (long value : values) {
      int slot = (int) ((value * HASH_FACTOR) >>> shift);
      while (slotValues[slot] != free && slotValues[slot] != value) {
        slot = (slot + 1) & (slots - 1);
      }
      slotValues[slot] = value;
    }
    return slotValues;
  }

  private static long freeMarker(long low, long high, long[] values) {
    if (low > Long.MIN_VALUE) {
      return low - 1;
    }
    if (high < Long.MAX_VALUE) {
      return high + 1;
    }
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    long marker = low;
    for (long value : sorted) {
      if (value == marker) {
        marker++;
      }
    }
    return marker;
  }

  @Override
  public boolean contains(long value) {
    if (value < minimum || value > maximum) {
      return false;
    }
    if (bits.length > 0) {
      long bit = value - minimum;
      return (bits[(int) (bit >>> 6)] & (1L << bit)) != 0;
    }
    int slot = (int) ((value * HASH_FACTOR) >>> shift);
    while (table[slot] != value) {
      if (table[slot] == free) {
        return false;
      }
      slot = (slot + 1) & (table.length - 1);
    }
    return value != free;
  }

  /** The values, each once, in any order, in a new array. */
  public long[] values() {
    return bits.length > 0
        ? valuesOfBits()
        : Arrays.stream(table).filter(value -> value != free).toArray();
  }

  /** The values, each once, ascending; not to be changed. */
  public long[] sortedValues() {
    long[] values = sorted;
    if (values == null) {
      values = bits.length > 0 ? valuesOfBits() : valuesOfTable();
      sorted = values;
    }
    return values;
  }

  private long[] valuesOfBits() {
    int count = 0;
    for (long word : bits) {
      count += Long.bitCount(word);
    }
    long[] values = new long[count];
    int next = 0;
    for (int i = 0; i < bits.length; i++) {
      for (long rest = bits[i]; rest != 0; rest &= rest - 1) {
        values[next++] = minimum + ((long) i << 6) + Long.numberOfTrailingZeros(rest);
      }
    }
    return values;
  }

  private long[] valuesOfTable() {
    return Arrays.stream(table).filter(value -> value != free).sorted().toArray();
  }

  @Override
  public boolean containsAnyOf(long lowest, long highest) {
    long[] values = sortedValues();
    int position = Arrays.binarySearch(values, lowest);
    int next = position >= 0 ? position : -position - 1;
    return next < values.length && values[next] <= highest;
  }

  @Override
  public long matches(long[] values, int count) {
    long result = 0;
    for (int i = 0; i < count; i++) {
      if (contains(values[i])) {
        result |= 1L << i;
      }
    }
    return result;
  }
}

package dev.sagitta.engine.scalarindex.build;

import dev.sagitta.engine.filter.text.Utf8Prefixes;
import java.util.Arrays;

/**
 * Keys and rows in memory, up to a bound, sorted when asked for. Keys of bytes are sorted by eight
 * bytes at a time, each by {@link RadixSort}, down into groups that agree in all bytes before.
 */
final class PairBuffer {
  private static final int SMALL_GROUP = 16;
  private static final int STEP = Long.BYTES;

  private final boolean byteKeys;
  private final PairLimits limits;
  private final RadixSort radixSort = new RadixSort();
  private int count;

  /** Keys while they are gathered; scratch of the sort for keys of bytes. */
  private long[] keys = new long[1024];

  /** Rows, or for keys of bytes numbers of pairs; what is sorted. */
  private int[] values = new int[1024];

  /** Row and end of the bytes by number of pair, for keys of bytes only. */
  private int[] rows = {};

  private int[] ends = {};
  private byte[] bytes = {};

  PairBuffer(boolean byteKeys, PairLimits limits) {
    this.byteKeys = byteKeys;
    this.limits = limits;
  }

  int count() {
    return count;
  }

  /** Whether a pair fits in whose key has that many bytes. */
  boolean hasRoom(int length) {
    return count < limits.pairs() && (count == 0 || usedBytes() + (long) length <= limits.bytes());
  }

  void clear() {
    count = 0;
  }

  void add(long key, int row) {
    grow();
    keys[count] = key;
    values[count] = row;
    count++;
  }

  void add(byte[] source, int offset, int length, int row) {
    grow();
    if (rows.length < keys.length) {
      rows = Arrays.copyOf(rows, keys.length);
      ends = Arrays.copyOf(ends, keys.length);
    }
    int start = usedBytes();
    int end = Math.addExact(start, length);
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(end, Math.min(2 * bytes.length + 1024, 1 << 30)));
    }
    System.arraycopy(source, offset, bytes, start, length);
    values[count] = count;
    rows[count] = row;
    ends[count] = end;
    count++;
  }

  private int usedBytes() {
    return byteKeys && count > 0 ? ends[count - 1] : 0;
  }

  private void grow() {
    if (count == keys.length) {
      keys = Arrays.copyOf(keys, 2 * count);
      values = Arrays.copyOf(values, 2 * count);
    }
  }

  /** Sorts; to be called once between {@link #clear}s, with nothing added behind. */
  SortedPairs sorted() {
    if (byteKeys) {
      sortBytes(0, count, 0);
      return new ByteKeys();
    }
    radixSort.sort(keys, values, 0, count);
    return new LongKeys();
  }

  private int startOf(int pair) {
    return pair == 0 ? 0 : ends[pair - 1];
  }

  private int lengthOf(int pair) {
    return ends[pair] - startOf(pair);
  }

  /** Sorts pairs whose keys agree in their first {@code depth} bytes. */
  private void sortBytes(int from, int to, int depth) {
    if (to - from <= SMALL_GROUP) {
      insertionSort(from, to, depth);
      return;
    }
    // Shorter keys come before the longer ones that they begin.
    for (int i = from; i < to; i++) {
      keys[i] = Math.min(lengthOf(values[i]) - depth, STEP + 1);
    }
    radixSort.sort(keys, values, from, to);
    for (int i = from; i < to; i++) {
      int start = startOf(values[i]) + depth;
      keys[i] = Utf8Prefixes.firstEight(bytes, start, ends[values[i]] - start);
    }
    radixSort.sort(keys, values, from, to);
    int groupStart = from;
    while (groupStart < to) {
      int groupEnd = groupStart + 1;
      while (groupEnd < to && keys[groupEnd] == keys[groupStart]) {
        groupEnd++;
      }
      int longer = groupStart;
      while (longer < groupEnd && lengthOf(values[longer]) <= depth + STEP) {
        longer++;
      }
      if (groupEnd - longer > 1) {
        sortBytes(longer, groupEnd, depth + STEP);
      }
      groupStart = groupEnd;
    }
  }

  private void insertionSort(int from, int to, int depth) {
    for (int i = from + 1; i < to; i++) {
      int pair = values[i];
      int position = i;
      while (position > from && compare(values[position - 1], pair, depth) > 0) {
        values[position] = values[position - 1];
        position--;
      }
      values[position] = pair;
    }
  }

  private int compare(int left, int right, int depth) {
    return Arrays.compareUnsigned(
        bytes, startOf(left) + depth, ends[left], bytes, startOf(right) + depth, ends[right]);
  }

  private final class LongKeys implements SortedPairs {
    private int position = -1;

    @Override
    public boolean next() {
      position++;
      return position < count;
    }

    @Override
    public long prefix() {
      return keys[position];
    }

    @Override
    public byte[] bytes() {
      throw new IllegalStateException("keys are numbers");
    }

    @Override
    public int offset() {
      return 0;
    }

    @Override
    public int length() {
      return 0;
    }

    @Override
    public int row() {
      return values[position];
    }

    @Override
    public void close() {}
  }

  private final class ByteKeys implements SortedPairs {
    private int position = -1;
    private int pair;

    @Override
    public boolean next() {
      position++;
      if (position < count) {
        pair = values[position];
        return true;
      }
      return false;
    }

    @Override
    public long prefix() {
      return Utf8Prefixes.firstEight(bytes, offset(), length());
    }

    @Override
    public byte[] bytes() {
      return bytes;
    }

    @Override
    public int offset() {
      return startOf(pair);
    }

    @Override
    public int length() {
      return lengthOf(pair);
    }

    @Override
    public int row() {
      return rows[pair];
    }

    @Override
    public void close() {}
  }
}

package dev.sagitta.engine.scalarindex.file;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.storage.BlockFile;
import dev.sagitta.engine.storage.BlockFileWriter;
import dev.sagitta.engine.storage.LittleEndian;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * Rows as lists, or as bits for keys that more than one row of {@value #DENSE_SHARE} has: each
 * takes whatever is smaller, and many keys in a row are one long list.
 *
 * <ul>
 *   <li>Block {@value #ROWS_BLOCK}: int32 rows, ascending for each key, of all keys in their order
 *       but the dense ones.
 *   <li>Block {@value #DENSE_KEYS_BLOCK}: for each dense key, ascending: int64 position of the key;
 *       int64 number of pairs of all dense keys before.
 *   <li>Block {@value #DENSE_BLOCK}: for each dense key one bit a row in int64 words, bit {@code
 *       row & 63} of word {@code row >>> 6}.
 * </ul>
 */
public final class RowLists implements RowPostings {
  static final int ROWS_BLOCK = 8;
  static final int DENSE_KEYS_BLOCK = 9;
  static final int DENSE_BLOCK = 10;

  private static final int DENSE_SHARE = 32;
  private static final int DENSE_KEY_BYTES = 16;
  private static final int FEWEST_DENSE_ROWS = 1 << 6;
  private static final double ROW_COST = 1.0;
  private static final double WORD_COST = 0.5;

  private final KeyStarts starts;
  private final MemorySegment rows;
  private final MemorySegment denseKeys;
  private final MemorySegment dense;
  private final int denseCount;
  private final int wordCount;

  RowLists(BlockFile file, ScalarIndexDescription description) {
    this.starts = new KeyStarts(file, description);
    this.wordCount = (int) ((description.rowCount() + 63L) >>> 6);
    this.denseKeys = file.block(DENSE_KEYS_BLOCK);
    this.denseCount = (int) (denseKeys.byteSize() / DENSE_KEY_BYTES);
    this.dense = Blocks.ofLength(file, DENSE_BLOCK, (long) denseCount * wordCount * Long.BYTES);
    long densePairs = 0;
    if (denseCount > 0) {
      int last = denseKey(denseCount - 1);
      if (last < 0 || last >= description.keyCount()) {
        throw file.corrupt("dense key below", description.keyCount(), last);
      }
      densePairs = densePairsBefore(denseCount - 1) + starts.at(last + 1) - starts.at(last);
    }
    this.rows =
        Blocks.ofLength(file, ROWS_BLOCK, (description.pairCount() - densePairs) * Integer.BYTES);
  }

  @Override
  public long pairCount(int from, int to) {
    return starts.at(to) - starts.at(from);
  }

  @Override
  public double cost(int from, int to) {
    int firstDense = firstDenseFrom(from);
    int denseInRange = firstDenseFrom(to) - firstDense;
    if (denseInRange == 0) {
      return pairCount(from, to) * ROW_COST;
    }
    long densePairs = densePairsUpTo(firstDense + denseInRange) - densePairsBefore(firstDense);
    return (pairCount(from, to) - densePairs) * ROW_COST
        + (double) denseInRange * wordCount * WORD_COST;
  }

  @Override
  public void addTo(int from, int to, RowBitmap target) {
    int nextDense = firstDenseFrom(from);
    int key = from;
    while (key < to) {
      int end = nextDense < denseCount ? Math.min(to, denseKey(nextDense)) : to;
      if (key < end) {
        long offset = densePairsUpTo(nextDense);
        addRows(starts.at(key) - offset, starts.at(end) - offset, target.words());
      }
      if (end < to) {
        addWords((long) nextDense * wordCount * Long.BYTES, target.words());
        nextDense++;
      }
      key = end + 1;
    }
  }

  private void addRows(long from, long to, long[] words) {
    for (long i = from; i < to; i++) {
      int row = rows.get(LittleEndian.INT, i * Integer.BYTES);
      words[row >>> 6] |= 1L << row;
    }
  }

  private void addWords(long offset, long[] words) {
    for (int i = 0; i < wordCount; i++) {
      words[i] |= dense.get(LittleEndian.LONG, offset + (long) i * Long.BYTES);
    }
  }

  private int denseKey(int index) {
    return (int) denseKeys.get(LittleEndian.LONG, (long) index * DENSE_KEY_BYTES);
  }

  private long densePairsBefore(int index) {
    return denseKeys.get(LittleEndian.LONG, (long) index * DENSE_KEY_BYTES + Long.BYTES);
  }

  /** Pairs of the first {@code count} dense keys. */
  private long densePairsUpTo(int count) {
    if (count == 0) {
      return 0;
    }
    int last = denseKey(count - 1);
    return densePairsBefore(count - 1) + starts.at(last + 1) - starts.at(last);
  }

  /** Index of the first dense key at or behind a key. */
  private int firstDenseFrom(int key) {
    int low = 0;
    int high = denseCount;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (denseKey(middle) < key) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Writes the blocks from lists of rows, all keys one after another. */
  public static void write(BlockFileWriter writer, KeyedRows source) throws IOException {
    writeRows(writer, source);
    writer.beginBlock(DENSE_KEYS_BLOCK);
    long densePairs = 0;
    for (int key = 0; key < source.keyCount(); key++) {
      if (isDense(source, key)) {
        MemorySegment entry = MemorySegment.ofArray(new byte[DENSE_KEY_BYTES]);
        entry.set(LittleEndian.LONG, 0, key);
        entry.set(LittleEndian.LONG, Long.BYTES, densePairs);
        writer.append(entry);
        densePairs += source.count(key);
      }
    }
    writer.endBlock();
    writer.beginBlock(DENSE_BLOCK);
    for (int key = 0; key < source.keyCount(); key++) {
      if (isDense(source, key)) {
        writer.append(words(source, key));
      }
    }
    writer.endBlock();
  }

  private static void writeRows(BlockFileWriter writer, KeyedRows source) throws IOException {
    writer.beginBlock(ROWS_BLOCK);
    int key = 0;
    while (key < source.keyCount()) {
      int end = key;
      while (end < source.keyCount() && !isDense(source, end)) {
        end++;
      }
      if (key < end) {
        writer.append(source.rows(key, end));
      }
      key = end + 1;
    }
    writer.endBlock();
  }

  private static boolean isDense(KeyedRows source, int key) {
    long count = source.count(key);
    return count > FEWEST_DENSE_ROWS && count * DENSE_SHARE > source.rowCount();
  }

  private static MemorySegment words(KeyedRows source, int key) {
    RowBitmap bitmap = new RowBitmap(source.rowCount());
    MemorySegment rows = source.rows(key, key + 1);
    for (long i = 0; i < source.count(key); i++) {
      bitmap.add(rows.get(LittleEndian.INT, i * Integer.BYTES));
    }
    MemorySegment words =
        MemorySegment.ofArray(new byte[Math.multiplyExact(bitmap.words().length, Long.BYTES)]);
    MemorySegment.copy(bitmap.words(), 0, words, LittleEndian.LONG, 0, bitmap.words().length);
    return words;
  }
}

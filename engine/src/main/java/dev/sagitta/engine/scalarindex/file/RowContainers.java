package dev.sagitta.engine.scalarindex.file;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.storage.BlockFile;
import dev.sagitta.engine.storage.BlockFileWriter;
import dev.sagitta.engine.storage.LittleEndian;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * Rows of each key in blocks of 65,536 rows, each block as 16-bit numbers or as bits, whichever is
 * smaller: the containers of Roaring bitmaps (Chambi, Lemire, Kaser and Godin, "Better bitmap
 * performance with Roaring bitmaps", 2016), without runs, laid out to be added to plain words in
 * place.
 *
 * <ul>
 *   <li>Block {@value #FIRSTS_BLOCK}: int32 for each key, its first container, and the number of
 *       all at the end.
 *   <li>Block {@value #CONTAINERS_BLOCK}: for each container int32 block of rows, int32 number of
 *       rows, int64 offset in the last block. Containers of a key ascend.
 *   <li>Block {@value #DATA_BLOCK}: containers of up to 4,096 rows as ascending uint16, padded with
 *       zeros to a multiple of 8 bytes; others as 1,024 words of 64 bits.
 * </ul>
 */
public final class RowContainers implements RowPostings {
  static final int FIRSTS_BLOCK = 11;
  static final int CONTAINERS_BLOCK = 12;
  static final int DATA_BLOCK = 13;

  private static final int CONTAINER_BYTES = 16;
  private static final int BLOCK_BITS = 16;
  private static final int BLOCK_WORDS = 1 << (BLOCK_BITS - 6);
  private static final int MOST_LISTED = 4096;
  private static final double ROW_COST = 1.0;
  private static final double WORD_COST = 0.5;
  private static final double CONTAINER_COST = 10;

  private final KeyStarts starts;
  private final MemorySegment firsts;
  private final MemorySegment containers;
  private final MemorySegment data;

  RowContainers(BlockFile file, ScalarIndexDescription description) {
    starts = new KeyStarts(file, description);
    firsts = Blocks.ofLength(file, FIRSTS_BLOCK, (description.keyCount() + 1L) * Integer.BYTES);
    containers =
        Blocks.ofLength(
            file, CONTAINERS_BLOCK, (long) first(description.keyCount()) * CONTAINER_BYTES);
    data = file.block(DATA_BLOCK);
  }

  private int first(int key) {
    return firsts.get(LittleEndian.INT, (long) key * Integer.BYTES);
  }

  @Override
  public long pairCount(int from, int to) {
    return starts.at(to) - starts.at(from);
  }

  @Override
  public double cost(int from, int to) {
    int count = first(to) - first(from);
    // A container costs by its rows up to what its words would cost.
    return count * CONTAINER_COST
        + Math.min(pairCount(from, to) * ROW_COST, count * (double) MOST_LISTED * WORD_COST);
  }

  @Override
  public void addTo(int from, int to, RowBitmap rows) {
    long[] words = rows.words();
    int end = first(to);
    for (int container = first(from); container < end; container++) {
      long entry = (long) container * CONTAINER_BYTES;
      int firstWord = containers.get(LittleEndian.INT, entry) << (BLOCK_BITS - 6);
      int count = containers.get(LittleEndian.INT, entry + 4);
      long offset = containers.get(LittleEndian.LONG, entry + 8);
      if (count <= MOST_LISTED) {
        addList(offset, count, words, firstWord);
      } else {
        addWords(offset, words, firstWord);
      }
    }
  }

  private void addList(long offset, int count, long[] words, int firstWord) {
    for (int i = 0; i < count; i++) {
      int row = data.get(LittleEndian.SHORT, offset + (long) i * Short.BYTES) & 0xFFFF;
      words[firstWord + (row >>> 6)] |= 1L << row;
    }
  }

  private void addWords(long offset, long[] words, int firstWord) {
    int count = Math.min(BLOCK_WORDS, words.length - firstWord);
    for (int i = 0; i < count; i++) {
      words[firstWord + i] |= data.get(LittleEndian.LONG, offset + (long) i * Long.BYTES);
    }
  }

  /** Writes the blocks from lists of rows. */
  public static void write(BlockFileWriter writer, KeyedRows source) throws IOException {
    writeFirsts(writer, source);
    writer.beginBlock(CONTAINERS_BLOCK);
    long[] offset = {0};
    forEachContainer(
        source,
        (block, rows) -> {
          int count = (int) (rows.byteSize() / Integer.BYTES);
          MemorySegment entry = MemorySegment.ofArray(new byte[CONTAINER_BYTES]);
          entry.set(LittleEndian.INT, 0, block);
          entry.set(LittleEndian.INT, 4, count);
          entry.set(LittleEndian.LONG, 8, offset[0]);
          writer.append(entry);
          offset[0] += dataBytes(count);
        });
    writer.endBlock();
    writer.beginBlock(DATA_BLOCK);
    forEachContainer(source, (_, rows) -> writer.append(container(rows)));
    writer.endBlock();
  }

  private static void writeFirsts(BlockFileWriter writer, KeyedRows source) throws IOException {
    writer.beginBlock(FIRSTS_BLOCK);
    MemorySegment entry = MemorySegment.ofArray(new byte[Integer.BYTES]);
    int[] count = {0};
    for (int key = 0; key < source.keyCount(); key++) {
      entry.set(LittleEndian.INT, 0, count[0]);
      writer.append(entry);
      forEachContainer(source, key, (_, _) -> count[0]++);
    }
    entry.set(LittleEndian.INT, 0, count[0]);
    writer.append(entry);
    writer.endBlock();
  }

  @FunctionalInterface
  private interface ContainerConsumer {
    void accept(int block, MemorySegment rows) throws IOException;
  }

  private static void forEachContainer(KeyedRows source, ContainerConsumer consumer)
      throws IOException {
    for (int key = 0; key < source.keyCount(); key++) {
      forEachContainer(source, key, consumer);
    }
  }

  private static void forEachContainer(KeyedRows source, int key, ContainerConsumer consumer)
      throws IOException {
    MemorySegment rows = source.rows(key, key + 1);
    long count = source.count(key);
    long start = 0;
    while (start < count) {
      int block = rows.get(LittleEndian.INT, start * Integer.BYTES) >>> BLOCK_BITS;
      long end = start + 1;
      while (end < count
          && rows.get(LittleEndian.INT, end * Integer.BYTES) >>> BLOCK_BITS == block) {
        end++;
      }
      consumer.accept(block, rows.asSlice(start * Integer.BYTES, (end - start) * Integer.BYTES));
      start = end;
    }
  }

  private static int dataBytes(int count) {
    return count <= MOST_LISTED
        ? (count * Short.BYTES + Long.BYTES - 1) & -Long.BYTES
        : BLOCK_WORDS * Long.BYTES;
  }

  private static MemorySegment container(MemorySegment rows) {
    int count = (int) (rows.byteSize() / Integer.BYTES);
    byte[] bytes = new byte[dataBytes(count)];
    MemorySegment container = MemorySegment.ofArray(bytes);
    for (int i = 0; i < count; i++) {
      int row = rows.get(LittleEndian.INT, (long) i * Integer.BYTES) & 0xFFFF;
      if (count <= MOST_LISTED) {
        container.set(LittleEndian.SHORT, (long) i * Short.BYTES, (short) row);
      } else {
        bytes[row >>> 3] |= (byte) (1 << (row & 7));
      }
    }
    return container;
  }
}

package dev.sagitta.engine.index.sparse;

import static dev.sagitta.engine.index.sparse.SparseIndexFile.CHUNK_ENTRY_BYTES;
import static dev.sagitta.engine.index.sparse.SparseIndexFile.DENSE;
import static dev.sagitta.engine.index.sparse.SparseIndexFile.IMPACT_MAX;
import static dev.sagitta.engine.index.sparse.SparseIndexFile.RECORD_BYTES;
import static dev.sagitta.engine.index.sparse.SparseIndexFile.SPARSE;
import static dev.sagitta.engine.index.sparse.SparseIndexFile.WINDOW_BITS;
import static dev.sagitta.engine.index.sparse.SparseIndexFile.WINDOW_ROWS;

import dev.sagitta.engine.storage.BlockFileWriter;
import dev.sagitta.engine.storage.LittleEndian;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Writes inverted lists as chunks, and their records. See {@link SparseIndexFile}. */
final class ListWriter {
  /**
   * A chunk with at least one entry for so many rows is dense: adding up 16 rows with one
   * instruction is then cheaper than adding the entries one by one.
   */
  private static final int ROWS_PER_ENTRY_DENSE = 16;

  private static final int BUFFER_BYTES = 1 << 20;

  private final BlockFileWriter writer;
  private final int rowCount;
  private final MemorySegment records;
  private byte[] buffer = new byte[BUFFER_BYTES];
  private MemorySegment memory = MemorySegment.ofArray(buffer);
  private int filled;
  private long written;

  /**
   * @param records receives the record of each list
   */
  ListWriter(BlockFileWriter writer, int rowCount, MemorySegment records) {
    this.writer = writer;
    this.rowCount = rowCount;
    this.records = records;
  }

  /**
   * Writes a list: the entries {@code from} to {@code to - 1}.
   *
   * @param rows ascending
   * @param impacts positive and finite
   */
  void write(int list, long term, int[] rows, float[] impacts, int from, int to)
      throws IOException {
    float largest = 0;
    for (int i = from; i < to; i++) {
      largest = Math.max(largest, impacts[i]);
    }
    // Rounded up twice, so that no product of a step with eight bits falls short of its impact.
    float step = Math.nextUp(Math.nextUp(largest / IMPACT_MAX));
    int chunks = chunkCount(rows, from, to);
    long record = (long) list * RECORD_BYTES;
    records.set(LittleEndian.INT, record, TermTable.keyOf(term));
    records.set(LittleEndian.INT, record + 4, to - from);
    records.set(LittleEndian.LONG, record + 8, written + filled);
    records.set(LittleEndian.FLOAT, record + 16, step);
    records.set(LittleEndian.FLOAT, record + 20, largest);
    records.set(LittleEndian.INT, record + 24, chunks);
    records.set(LittleEndian.INT, record + 28, TermTable.isNegative(term) ? 1 : 0);
    reserve(chunks * CHUNK_ENTRY_BYTES);
    int chunkEntry = filled;
    filled += chunks * CHUNK_ENTRY_BYTES;
    for (int chunkFrom = from; chunkFrom < to; chunkEntry += CHUNK_ENTRY_BYTES) {
      int chunkTo = chunkEnd(rows, chunkFrom, to);
      writeChunk(chunkEntry, rows, impacts, chunkFrom, chunkTo, step);
      chunkFrom = chunkTo;
    }
    if (filled >= BUFFER_BYTES) {
      flush();
    }
  }

  /** Writes what is buffered. */
  void flush() throws IOException {
    writer.append(memory.asSlice(0, filled));
    written += filled;
    Arrays.fill(buffer, 0, filled, (byte) 0);
    filled = 0;
  }

  private void writeChunk(
      int chunkEntry, int[] rows, float[] impacts, int from, int to, float step) {
    int window = rows[from] >>> WINDOW_BITS;
    int count = to - from;
    int windowRows = SparseIndexFile.rowsOfWindow(window, rowCount);
    int form = (long) count * ROWS_PER_ENTRY_DENSE >= windowRows ? DENSE : SPARSE;
    int bytes = SparseIndexFile.chunkBytes(form, count, windowRows);
    reserve(bytes);
    int largest = 0;
    for (int i = from; i < to; i++) {
      int row = rows[i] & (WINDOW_ROWS - 1);
      int eightBits = eightBits(impacts[i], step);
      largest = Math.max(largest, eightBits);
      if (form == DENSE) {
        buffer[filled + row] = (byte) eightBits;
      } else {
        memory.set(LittleEndian.SHORT, filled + 2L * (i - from), (short) row);
        buffer[filled + 2 * count + i - from] = (byte) eightBits;
      }
    }
    memory.set(LittleEndian.SHORT, chunkEntry, (short) window);
    memory.set(LittleEndian.SHORT, chunkEntry + 2L, (short) (count - 1));
    buffer[chunkEntry + 4] = (byte) largest;
    buffer[chunkEntry + 5] = (byte) form;
    filled += bytes;
  }

  private static int eightBits(float impact, float step) {
    int bits = Math.clamp((long) Math.ceil((double) impact / step), 1, IMPACT_MAX);
    if (bits * (double) step < impact) {
      throw new IllegalStateException("impact is out of range: impact=" + impact + " step=" + step);
    }
    return bits;
  }

  private static int chunkCount(int[] rows, int from, int to) {
    int count = 0;
    for (int i = from; i < to; i = chunkEnd(rows, i, to)) {
      count++;
    }
    return count;
  }

  /** First entry after those that share the window of the entry {@code from}. */
  private static int chunkEnd(int[] rows, int from, int to) {
    int window = rows[from] >>> WINDOW_BITS;
    int end = from + 1;
    while (end < to && rows[end] >>> WINDOW_BITS == window) {
      end++;
    }
    return end;
  }

  private void reserve(int bytes) {
    if (filled + bytes > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, filled + bytes));
      memory = MemorySegment.ofArray(buffer);
    }
  }
}

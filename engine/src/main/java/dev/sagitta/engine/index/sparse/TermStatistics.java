package dev.sagitta.engine.index.sparse;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.GrowableBytes;
import dev.sagitta.engine.column.SparseVectorColumn;
import dev.sagitta.engine.index.Bm25Source;
import dev.sagitta.engine.index.Bm25Statistics;
import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * What BM25 must know about the rows of a column, counted once and kept beside them. The bytes:
 *
 * <pre>
 * 0  int64   documents: rows that have a vector
 * 8  float64 sum of the lengths of all documents
 * 16 int64   number of terms
 * 24 int32   each term, sorted, compared unsigned
 *    int32   for each term in how many documents it occurs
 * </pre>
 */
public final class TermStatistics implements Bm25Source {
  private static final int DOCUMENTS = 0;
  private static final int TOTAL_LENGTH = 8;
  private static final int TERM_COUNT = 16;
  private static final int TERMS = 24;

  private final MemorySegment memory;
  private final long termCount;

  private TermStatistics(MemorySegment memory, long termCount) {
    this.memory = memory;
    this.termCount = termCount;
  }

  /** Counts the rows {@code from} to {@code to - 1}. */
  public static TermStatistics count(SparseVectorColumn vectors, int from, int to) {
    TermCounts counts = new TermCounts();
    long documents = 0;
    double totalLength = 0;
    for (int row = from; row < to; row++) {
      if (!vectors.isNull(row)) {
        documents++;
        totalLength += addRow(vectors, row, counts);
      }
    }
    long[] sorted = counts.sortedTerms();
    GrowableBytes bytes = new GrowableBytes(TERMS + (long) sorted.length * 2 * Integer.BYTES);
    bytes.putLong(documents);
    bytes.putLong(Double.doubleToRawLongBits(totalLength));
    bytes.putLong(sorted.length);
    for (long term : sorted) {
      bytes.putInt((int) term);
    }
    for (long term : sorted) {
      bytes.putInt(counts.get((int) term));
    }
    return new TermStatistics(bytes.memory(), sorted.length);
  }

  private static double addRow(SparseVectorColumn vectors, int row, TermCounts counts) {
    MemorySegment entries = vectors.memoryOf(row);
    long end =
        vectors.offsetOf(row) + (long) vectors.entryCount(row) * SparseVectorColumn.ENTRY_BYTES;
    double length = 0;
    for (long at = vectors.offsetOf(row); at < end; at += SparseVectorColumn.ENTRY_BYTES) {
      float frequency = entries.get(LittleEndian.FLOAT, at + Integer.BYTES);
      if (frequency > 0) {
        counts.increment(entries.get(LittleEndian.INT, at));
        length += frequency;
      }
    }
    return length;
  }

  /**
   * Reads statistics in place.
   *
   * @throws IllegalArgumentException if the bytes cannot be statistics
   */
  public static TermStatistics of(MemorySegment memory) {
    requireNonNull(memory, "memory is null");
    if (memory.byteSize() < TERMS) {
      throw new IllegalArgumentException("statistics are too short: bytes=" + memory.byteSize());
    }
    long termCount = memory.get(LittleEndian.LONG, TERM_COUNT);
    if (termCount < 0 || termCount != (memory.byteSize() - TERMS) / (2 * Integer.BYTES)) {
      throw new IllegalArgumentException(
          "statistics of another length: bytes=" + memory.byteSize() + " terms=" + termCount);
    }
    return new TermStatistics(memory, termCount);
  }

  /** The bytes, to be written. */
  public MemorySegment memory() {
    return memory;
  }

  @Override
  public Bm25Statistics bm25Statistics(int[] indices) {
    long[] documentFrequencies = new long[indices.length];
    for (int i = 0; i < indices.length; i++) {
      long position = find(indices[i]);
      if (position >= 0) {
        long at = TERMS + (termCount + position) * Integer.BYTES;
        documentFrequencies[i] = memory.get(LittleEndian.INT, at);
      }
    }
    return new Bm25Statistics(
        memory.get(LittleEndian.LONG, DOCUMENTS),
        memory.get(LittleEndian.DOUBLE, TOTAL_LENGTH),
        indices,
        documentFrequencies);
  }

  private long find(int term) {
    long low = 0;
    long high = termCount - 1;
    while (low <= high) {
      long middle = (low + high) >>> 1;
      int found = memory.get(LittleEndian.INT, TERMS + middle * Integer.BYTES);
      if (found == term) {
        return middle;
      }
      if (Integer.compareUnsigned(found, term) < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  /** Counts by term in a table with open addressing. */
  private static final class TermCounts {
    private static final int SLOTS_MIN = 1 << 10;

    private int[] terms = new int[SLOTS_MIN];

    /** A slot is free while its count is 0. */
    private int[] counts = new int[SLOTS_MIN];

    private int size;

    void increment(int term) {
      int slot = slotOf(term);
      if (counts[slot]++ == 0) {
        terms[slot] = term;
        size++;
        if (2 * size > terms.length) {
          grow();
        }
      }
    }

    int get(int term) {
      return counts[slotOf(term)];
    }

    long[] sortedTerms() {
      long[] sorted = new long[size];
      int next = 0;
      for (int slot = 0; slot < terms.length; slot++) {
        if (counts[slot] > 0) {
          sorted[next++] = Integer.toUnsignedLong(terms[slot]);
        }
      }
      Arrays.sort(sorted);
      return sorted;
    }

    private int slotOf(int term) {
      int shift = Integer.numberOfLeadingZeros(terms.length) + 1;
      int slot = (term * 0x9e3779b9) >>> shift;
      while (counts[slot] != 0 && terms[slot] != term) {
        slot = (slot + 1) & (terms.length - 1);
      }
      return slot;
    }

    private void grow() {
      int[] oldTerms = terms;
      int[] oldCounts = counts;
      terms = new int[2 * oldTerms.length];
      counts = new int[2 * oldTerms.length];
      for (int slot = 0; slot < oldTerms.length; slot++) {
        if (oldCounts[slot] > 0) {
          int target = slotOf(oldTerms[slot]);
          terms[target] = oldTerms[slot];
          counts[target] = oldCounts[slot];
        }
      }
    }
  }
}

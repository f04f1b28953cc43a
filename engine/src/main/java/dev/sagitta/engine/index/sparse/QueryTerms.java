package dev.sagitta.engine.index.sparse;

import static dev.sagitta.engine.index.graph.NativeMemory.ALL;
import static dev.sagitta.engine.index.sparse.SparseIndexFile.CHUNK_ENTRY_BYTES;
import static dev.sagitta.engine.index.sparse.SparseIndexFile.DENSE;
import static dev.sagitta.engine.index.sparse.SparseIndexFile.IMPACT_MAX;

import dev.sagitta.engine.storage.LittleEndian;
import java.util.Arrays;

/**
 * The inverted lists of one query, and where their walk through the windows is. Scores are counted
 * in whole <em>units</em>, chosen so that no sum overflows: an entry adds its eight bits times the
 * list's weight, which never is less than what it adds to the exact score, and more than that by at
 * most {@link #error()} over all lists together.
 */
final class QueryTerms {
  /** What the lists of a query add up to at most, but for rounding. */
  private static final double UNITS_MAX = 1 << 30;

  /** Covers that exact scores are rounded to float. */
  private static final int ROUNDING = 256;

  private static final int INITIAL = 32;

  private int count;
  private int[] lists = new int[INITIAL];
  private double[] contributions = new double[INITIAL];
  private boolean[] lowering = new boolean[INITIAL];
  private int[] weights = new int[INITIAL];
  private long[] order = new long[INITIAL];
  private long[] nextEntries = new long[INITIAL];
  private int[] entriesLeft = new int[INITIAL];
  private long[] nextData = new long[INITIAL];
  private double unit;
  private int error;
  private boolean anyLowers;
  private long entryCount;

  private int active;
  private int windowRows;
  private int[] activeTerms = new int[INITIAL];
  private int[] forms = new int[INITIAL];
  private int[] counts = new int[INITIAL];
  private int[] bounds = new int[INITIAL];
  private long[] data = new long[INITIAL];
  private int[] positions = new int[INITIAL];

  void clear() {
    count = 0;
    anyLowers = false;
    entryCount = 0;
  }

  /** Adds a list whose entries are multiplied with a weight, which may be negative. */
  void add(SparseLists source, int list, double weight) {
    if (count == lists.length) {
      grow();
    }
    lists[count] = list;
    boolean lowers = source.isNegative(list) != weight < 0;
    lowering[count] = lowers;
    anyLowers |= lowers;
    contributions[count] = Math.abs(weight) * source.step(list);
    entryCount += source.entryCount(list);
    count++;
  }

  /**
   * Chooses the unit and goes to the first window.
   *
   * @param factorMin smallest factor by which the lists' impacts are wrong, in (0, 1]
   * @param factorMax largest such factor, at least 1
   * @return whether any row can have a positive score
   */
  boolean begin(SparseLists source, double factorMin, double factorMax) {
    double total = 0;
    for (int i = 0; i < count; i++) {
      total += contributions[i] * IMPACT_MAX * factorMax;
    }
    unit = total / UNITS_MAX;
    if (!(unit > 0) || unit == Double.POSITIVE_INFINITY) {
      return false;
    }
    double errors = ROUNDING;
    for (int i = 0; i < count; i++) {
      double exact = contributions[i] / unit;
      double most = Math.ceil(exact * factorMax);
      double least = Math.floor(exact * factorMin);
      errors += most + IMPACT_MAX * (1 + most - least);
      // The heaviest lists come first: a complement sorts them so.
      order[i] = ~(long) (lowering[i] ? least : most) << Integer.SIZE | i;
    }
    error = (int) Math.min(errors, UNITS_MAX);
    Arrays.sort(order, 0, count);
    for (int i = 0; i < count; i++) {
      int term = (int) order[i];
      weights[i] = (int) ~(order[i] >> Integer.SIZE);
      int chunks = source.chunkCount(lists[term]);
      nextEntries[i] = source.chunkEntries(lists[term]);
      nextData[i] = nextEntries[i] + (long) chunks * CHUNK_ENTRY_BYTES;
      entriesLeft[i] = chunks;
    }
    return true;
  }

  /** Finds the chunks of the window; windows are entered in ascending order. */
  void enter(SparseLists source, int window) {
    active = 0;
    windowRows = SparseIndexFile.rowsOfWindow(window, source.rowCount());
    for (int i = 0; i < count; i++) {
      while (entriesLeft[i] > 0) {
        long entry = ALL.get(LittleEndian.LONG, nextEntries[i]);
        int chunkWindow = (int) entry & 0xffff;
        if (chunkWindow > window) {
          break;
        }
        int entries = ((int) (entry >>> 16) & 0xffff) + 1;
        int form = (int) (entry >>> 40) & 0xff;
        int bytes = SparseIndexFile.chunkBytes(form, entries, windowRows);
        long address = nextData[i];
        if (form > DENSE || chunkWindow < window || !source.contains(address, bytes)) {
          entriesLeft[i] = 0;
          break;
        }
        entriesLeft[i]--;
        nextEntries[i] += CHUNK_ENTRY_BYTES;
        nextData[i] = address + bytes;
        activate(i, form, entries, address, (int) (entry >>> 32) & 0xff);
        break;
      }
    }
  }

  private void activate(int term, int form, int entries, long address, int largest) {
    activeTerms[active] = term;
    forms[active] = form;
    counts[active] = entries;
    data[active] = address;
    positions[active] = 0;
    bounds[active] = isLowering(active) ? 0 : weights[term] * largest;
    active++;
  }

  /** Number of lists that have a chunk in the window; the heaviest are first. */
  int active() {
    return active;
  }

  int windowRows() {
    return windowRows;
  }

  /** Units for each of the eight bits. */
  int weight(int position) {
    return weights[activeTerms[position]];
  }

  /** Whether the entries take away from scores. */
  boolean isLowering(int position) {
    return lowering[(int) order[activeTerms[position]]];
  }

  /** Whether entries of any of the query's lists take away from scores. */
  boolean anyLowers() {
    return anyLowers;
  }

  boolean isDense(int position) {
    return forms[position] == DENSE;
  }

  /** Number of entries of the chunk. */
  int entries(int position) {
    return counts[position];
  }

  /** The most that the chunk adds to a row's score, in units. */
  int bound(int position) {
    return bounds[position];
  }

  /** Address of the row numbers of a sparse chunk. */
  long rows(int position) {
    return data[position];
  }

  /** Address of the chunk's impacts. */
  long impacts(int position) {
    return forms[position] == DENSE ? data[position] : data[position] + 2L * counts[position];
  }

  /**
   * Moves on to the first entry of a sparse chunk whose row is at least the given one; rows are
   * sought in ascending order.
   *
   * @return the entry's position, the number of entries if there is none
   */
  int seek(int position, int row) {
    int found = ChunkRows.seek(data[position], counts[position], positions[position], row);
    positions[position] = found;
    return found;
  }

  /** The row of an entry of a sparse chunk. */
  int rowOf(int position, int entry) {
    return ChunkRows.rowAt(data[position], entry);
  }

  /** The impact of an entry of a sparse chunk, or of a row of a dense one. */
  int impactOf(int position, int entry) {
    return ALL.get(LittleEndian.BYTE, impacts(position) + entry) & 0xff;
  }

  /** By how many units a sum over all lists may be too large. */
  int error() {
    return error;
  }

  /** What one unit stands for in a score. */
  double unit() {
    return unit;
  }

  /** Entries of all lists in all windows. */
  long entryCount() {
    return entryCount;
  }

  private void grow() {
    int length = 2 * lists.length;
    lists = Arrays.copyOf(lists, length);
    contributions = Arrays.copyOf(contributions, length);
    lowering = Arrays.copyOf(lowering, length);
    weights = Arrays.copyOf(weights, length);
    order = Arrays.copyOf(order, length);
    nextEntries = Arrays.copyOf(nextEntries, length);
    entriesLeft = Arrays.copyOf(entriesLeft, length);
    nextData = Arrays.copyOf(nextData, length);
    activeTerms = Arrays.copyOf(activeTerms, length);
    forms = Arrays.copyOf(forms, length);
    counts = Arrays.copyOf(counts, length);
    bounds = Arrays.copyOf(bounds, length);
    data = Arrays.copyOf(data, length);
    positions = Arrays.copyOf(positions, length);
  }
}

package dev.sagitta.engine.index.sparse;

import dev.sagitta.engine.column.SparseVectorColumn;
import dev.sagitta.engine.index.Bm25Statistics;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The score of one row for one query: what all searches of sparse vectors agree on to the last bit.
 * Products are added in double arithmetic in the order of the row's entries and rounded once. Rows
 * are found only if their score is positive, as in Milvus.
 *
 * <p>A hash table holds the query's entries, and each entry of a row is looked up in it. One object
 * serves many queries, one after another, and allocates only for a query longer than any before it.
 */
public final class SparseScorer {
  /**
   * Slots of the table per entry: so many that nearly all entries of a row meet a free slot, which
   * the processor then foresees.
   */
  private static final int SLOTS_PER_ENTRY = 32;

  private final QueryWeights weights = new QueryWeights();
  private int[] slotIndices = new int[0];

  /** A slot is free while its weight is 0. */
  private double[] slotWeights = new double[0];

  /** The row that is scored. */
  private long[] entries = new long[0];

  private int shift;
  private boolean bm25;
  private double saturation;
  private double heldAlways;
  private double heldByLength;

  /** Makes ready for inner products with the query. */
  public void prepare(QueryVector.Sparse query) {
    weights.useValues(query);
    putAll(query);
    useInnerProduct();
  }

  /** Makes ready for BM25 scores; query terms that do not occur a positive number of times rest. */
  public void prepare(
      QueryVector.Sparse query, Bm25Parameters parameters, Bm25Statistics statistics) {
    prepare(query, parameters, statistics, IndexSearchParameters.DEFAULT);
  }

  /**
   * As {@link #prepare(QueryVector.Sparse, Bm25Parameters, Bm25Statistics)}, without the terms that
   * the search's parameters drop.
   */
  public void prepare(
      QueryVector.Sparse query,
      Bm25Parameters parameters,
      Bm25Statistics statistics,
      IndexSearchParameters search) {
    weights.useBm25(query, statistics);
    weights.drop(SparseSearchParameters.of(search).dropRatio());
    putAll(query);
    useBm25(parameters, statistics.averageLength());
  }

  private void putAll(QueryVector.Sparse query) {
    begin(query.indices().length);
    for (int i = 0; i < query.indices().length; i++) {
      put(query.indices()[i], weights.get(i));
    }
  }

  /** Empties the table and makes room for {@code entries} more calls of {@link #put}. */
  void begin(int entries) {
    int slots = Integer.highestOneBit(Math.max(1, entries) * SLOTS_PER_ENTRY);
    if (slotIndices.length < slots) {
      slotIndices = new int[slots];
      slotWeights = new double[slots];
    } else {
      Arrays.fill(slotWeights, 0, slots, 0);
    }
    shift = Integer.SIZE - Integer.numberOfTrailingZeros(slots);
  }

  /** Adds an entry of the query. */
  void put(int index, double weight) {
    if (weight == 0) {
      return;
    }
    int mask = (1 << (Integer.SIZE - shift)) - 1;
    int slot = firstSlot(index);
    while (slotWeights[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    slotIndices[slot] = index;
    slotWeights[slot] = weight;
  }

  void useInnerProduct() {
    bm25 = false;
  }

  void useBm25(Bm25Parameters parameters, double averageLength) {
    bm25 = true;
    saturation = parameters.k1() + 1;
    heldAlways = parameters.k1() * (1 - parameters.b());
    heldByLength = parameters.k1() * parameters.b() / averageLength;
  }

  /** The row's score for the metric that was made ready; not positive if it must not be found. */
  public float score(SparseVectorColumn vectors, int row) {
    int count = read(vectors, row);
    return bm25 ? bm25Score(count, length(count)) : innerProduct(count);
  }

  /** Like {@link #score(SparseVectorColumn, int)}, of a row whose length is known. */
  float score(SparseVectorColumn vectors, int row, float length) {
    int count = read(vectors, row);
    return bm25 ? bm25Score(count, length) : innerProduct(count);
  }

  /** Copies the row's entries at once: reading them one by one costs a check each. */
  private int read(SparseVectorColumn vectors, int row) {
    int count = vectors.entryCount(row);
    if (entries.length < count) {
      entries = new long[2 * count];
    }
    MemorySegment.copy(
        vectors.memoryOf(row), LittleEndian.LONG, vectors.offsetOf(row), entries, 0, count);
    return count;
  }

  private static int indexOf(long entry) {
    return (int) entry;
  }

  private static float valueOf(long entry) {
    return Float.intBitsToFloat((int) (entry >>> Integer.SIZE));
  }

  /** The length of a document: the sum of its positive term frequencies. */
  private float length(int count) {
    double length = 0;
    for (int i = 0; i < count; i++) {
      length += Math.max(0, valueOf(entries[i]));
    }
    return (float) length;
  }

  private float innerProduct(int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      double weight = weightOf(indexOf(entries[i]));
      if (weight != 0) {
        sum += weight * valueOf(entries[i]);
      }
    }
    return (float) sum;
  }

  private float bm25Score(int count, float length) {
    double held = heldAlways + heldByLength * length;
    double sum = 0;
    for (int i = 0; i < count; i++) {
      double weight = weightOf(indexOf(entries[i]));
      if (weight != 0) {
        double frequency = valueOf(entries[i]);
        if (frequency > 0) {
          sum += weight * (frequency * saturation / (frequency + held));
        }
      }
    }
    return (float) sum;
  }

  private double weightOf(int index) {
    int mask = (1 << (Integer.SIZE - shift)) - 1;
    int slot = firstSlot(index);
    double weight = slotWeights[slot];
    while (weight != 0 && slotIndices[slot] != index) {
      slot = (slot + 1) & mask;
      weight = slotWeights[slot];
    }
    return weight;
  }

  /** The upper bits of a multiplication by an odd constant (Knuth's multiplicative hashing). */
  private int firstSlot(int index) {
    return (index * 0x9e3779b9) >>> shift;
  }
}

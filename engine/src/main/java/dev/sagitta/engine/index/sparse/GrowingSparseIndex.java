package dev.sagitta.engine.index.sparse;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.SparseVectorColumn;
import dev.sagitta.engine.column.VectorColumn;
import dev.sagitta.engine.index.Bm25Count;
import dev.sagitta.engine.index.Bm25Source;
import dev.sagitta.engine.index.Bm25Statistics;
import dev.sagitta.engine.index.GrowingVectorIndex;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.index.ScoreRange;
import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.index.graph.ScratchPool;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Optional;

/**
 * Inverted lists that grow while they are searched, for growing segments: exact values on the heap,
 * added up term at a time in double arithmetic and in the order of {@link SparseScorer}, so that
 * scores are those of a sealed segment to the last bit. It keeps nothing of the column. Appending a
 * row costs some tens of nanoseconds an entry.
 */
public final class GrowingSparseIndex implements GrowingVectorIndex, Bm25Source {
  /** So many rows that their sums fit the processor's second cache. */
  static final int WINDOW_ROWS = 1 << 14;

  /** Looking at all sums is cheaper than at each entry again if there is one for so many rows. */
  private static final int ROWS_PER_ENTRY = 4;

  private static final int LENGTHS_MIN = 1 << 10;
  private static final ScratchPool<GrowingScratch> SCRATCH = new ScratchPool<>(GrowingScratch::new);

  private final MetricType metric;
  private final Bm25Parameters bm25;
  private final GrowingTerms terms = new GrowingTerms();

  /** Lengths of documents (BM25), of all rows that are published or about to be. */
  private volatile float[] lengths;

  private volatile Published published = new Published(0, 0, 0, 0);
  private volatile boolean closed;

  /** What searches may see, replaced as a whole. */
  private record Published(int rows, long documents, double totalLength, long entries) {
    double averageLength() {
      return documents == 0 || totalLength == 0 ? 1 : totalLength / documents;
    }
  }

  /**
   * @param metric IP or BM25
   * @param bm25 constants of the metric BM25
   */
  public GrowingSparseIndex(MetricType metric, Bm25Parameters bm25) {
    if (metric != MetricType.IP && metric != MetricType.BM25) {
      throw new IllegalArgumentException("metric is not for sparse vectors: metric=" + metric);
    }
    this.metric = metric;
    this.bm25 = requireNonNull(bm25, "bm25 is null");
    this.lengths = new float[metric == MetricType.BM25 ? LENGTHS_MIN : 0];
  }

  @Override
  public int scannedRowsPerAppend() {
    return 0;
  }

  @Override
  public int rowCount() {
    return published.rows;
  }

  @Override
  public void append(VectorColumn column, int toRow) {
    SparseVectorColumn vectors = (SparseVectorColumn) requireNonNull(column, "column is null");
    requireOpen();
    if (toRow > vectors.rowCount()) {
      throw new IllegalArgumentException(
          "rows do not fit: toRow=" + toRow + " rowCount=" + vectors.rowCount());
    }
    Published before = published;
    if (metric == MetricType.BM25 && toRow > lengths.length) {
      lengths = Arrays.copyOf(lengths, Math.max(toRow, 2 * lengths.length));
    }
    long documents = before.documents;
    double totalLength = before.totalLength;
    long entries = before.entries;
    for (int row = before.rows; row < toRow; row++) {
      if (!vectors.isNull(row)) {
        documents++;
        entries += vectors.entryCount(row);
        totalLength += appendRow(vectors, row);
      }
    }
    if (toRow > before.rows) {
      published = new Published(toRow, documents, totalLength, entries);
    }
  }

  /** Appends the row's entries to their lists; its length if that matters. */
  private float appendRow(SparseVectorColumn vectors, int row) {
    MemorySegment memory = vectors.memoryOf(row);
    long offset = vectors.offsetOf(row);
    int count = vectors.entryCount(row);
    double length = 0;
    for (int i = 0; i < count; i++) {
      long at = offset + (long) i * SparseVectorColumn.ENTRY_BYTES;
      float value = memory.get(LittleEndian.FLOAT, at + Integer.BYTES);
      if (metric == MetricType.BM25 ? value > 0 : value != 0) {
        terms.findOrAdd(memory.get(LittleEndian.INT, at)).append(row, value);
        length += value;
      }
    }
    if (metric != MetricType.BM25) {
      return 0;
    }
    lengths[row] = (float) length;
    return lengths[row];
  }

  @Override
  public Bm25Statistics bm25Statistics(int[] indices) {
    return count(indices).statistics();
  }

  /** The statistics of the rows that are indexed now. */
  public Bm25Count count(int[] indices) {
    requireOpen();
    Published seen = published;
    long[] documentFrequencies = new long[indices.length];
    for (int i = 0; i < indices.length; i++) {
      documentFrequencies[i] = documentFrequency(indices[i], seen.rows);
    }
    return new Bm25Count(
        seen.rows,
        new Bm25Statistics(seen.documents, seen.totalLength, indices, documentFrequencies));
  }

  private int documentFrequency(int index, int rows) {
    GrowingPostings postings = terms.find(index);
    if (postings == null) {
      return 0;
    }
    int count = postings.count();
    return GrowingPostings.positionOf(postings.entries(), 0, count, rows);
  }

  @Override
  public void search(
      QueryVector query,
      IndexSearchParameters parameters,
      Optional<RowBitmap> allowed,
      TopRows results) {
    searchBelow(rowCount(), query, parameters, allowed, results);
  }

  @Override
  public void searchBelow(
      int rowLimit,
      QueryVector query,
      IndexSearchParameters parameters,
      Optional<RowBitmap> allowed,
      TopRows results) {
    requireOpen();
    Published seen = published;
    if (rowLimit > seen.rows) {
      throw new IllegalArgumentException(
          "rows are not indexed yet: rowLimit=" + rowLimit + " rowCount=" + seen.rows);
    }
    ScoreRange range = ScoreRange.of(parameters, metric);
    SparseSearchParameters checked = SparseSearchParameters.of(parameters);
    QueryVector.Sparse sparse = query.sparse();
    RowBitmap filter = allowed.orElse(null);
    int end = filter == null ? rowLimit : Math.min(rowLimit, filter.rowCount());
    GrowingScratch scratch = SCRATCH.acquire();
    double averageLength = weigh(sparse, seen, scratch.weights);
    scratch.weights.drop(checked.dropRatio());
    int lists = findLists(sparse, scratch);
    for (int from = 0; from < end && lists > 0; from += WINDOW_ROWS) {
      int to = Math.min(end, from + WINDOW_ROWS);
      int added = add(from, to, lists, averageLength, scratch);
      if ((long) added * ROWS_PER_ENTRY < to - from) {
        offerTouched(from, lists, filter, range, scratch, results);
      } else {
        offerAll(from, to, filter, range, scratch, results);
      }
    }
    Arrays.fill(scratch.entries, 0, lists, null);
    SCRATCH.release(scratch);
  }

  private double weigh(QueryVector.Sparse query, Published seen, QueryWeights weights) {
    if (metric != MetricType.BM25) {
      weights.useValues(query);
      return 1;
    }
    Bm25Statistics all = query.statistics().orElse(null);
    if (all != null) {
      weights.useBm25(query, all);
      return all.averageLength();
    }
    weights.begin(query.indices().length);
    for (int i = 0; i < query.indices().length; i++) {
      int documentFrequency = documentFrequency(query.indices()[i], seen.rows);
      weights.useBm25(query, i, seen.documents, documentFrequency);
    }
    return seen.averageLength();
  }

  /** Number of the query's indices that any row has. */
  private int findLists(QueryVector.Sparse query, GrowingScratch scratch) {
    scratch.reserve(query.indices().length);
    int lists = 0;
    for (int i = 0; i < query.indices().length; i++) {
      double weight = scratch.weights.get(i);
      GrowingPostings postings = weight == 0 ? null : terms.find(query.indices()[i]);
      if (postings != null) {
        scratch.counts[lists] = postings.count();
        scratch.entries[lists] = postings.entries();
        scratch.listWeights[lists] = weight;
        scratch.ends[lists] = 0;
        lists++;
      }
    }
    return lists;
  }

  /** Adds up the entries of the rows {@code from} to {@code to - 1}; how many they are. */
  private int add(int from, int to, int lists, double averageLength, GrowingScratch scratch) {
    double[] sums = scratch.sums;
    int added = 0;
    for (int list = 0; list < lists; list++) {
      long[] entries = scratch.entries[list];
      int position = scratch.ends[list];
      int end = GrowingPostings.positionOf(entries, position, scratch.counts[list], to);
      double weight = scratch.listWeights[list];
      scratch.positions[list] = position;
      scratch.ends[list] = end;
      added += end - position;
      if (metric == MetricType.BM25) {
        addBm25(entries, position, end, from, weight, averageLength, sums);
      } else {
        for (; position < end; position++) {
          long entry = entries[position];
          sums[GrowingPostings.rowOf(entry) - from] += weight * GrowingPostings.valueOf(entry);
        }
      }
    }
    return added;
  }

  private void addBm25(
      long[] entries,
      int position,
      int end,
      int from,
      double weight,
      double averageLength,
      double[] sums) {
    float[] rowLengths = lengths;
    double saturation = bm25.k1() + 1;
    double heldAlways = bm25.k1() * (1 - bm25.b());
    double heldByLength = bm25.k1() * bm25.b() / averageLength;
    for (int i = position; i < end; i++) {
      int row = GrowingPostings.rowOf(entries[i]);
      double frequency = GrowingPostings.valueOf(entries[i]);
      double held = heldAlways + heldByLength * rowLengths[row];
      sums[row - from] += weight * (frequency * saturation / (frequency + held));
    }
  }

  /** Offers the rows of the window's entries. */
  private static void offerTouched(
      int from,
      int lists,
      RowBitmap allowed,
      ScoreRange range,
      GrowingScratch scratch,
      TopRows results) {
    for (int list = 0; list < lists; list++) {
      long[] entries = scratch.entries[list];
      for (int i = scratch.positions[list]; i < scratch.ends[list]; i++) {
        int row = GrowingPostings.rowOf(entries[i]);
        offer(row, (float) scratch.sums[row - from], allowed, range, results);
        scratch.sums[row - from] = 0;
      }
    }
  }

  private static void offerAll(
      int from,
      int to,
      RowBitmap allowed,
      ScoreRange range,
      GrowingScratch scratch,
      TopRows results) {
    double[] sums = scratch.sums;
    for (int row = from; row < to; row++) {
      if (sums[row - from] > 0) {
        offer(row, (float) sums[row - from], allowed, range, results);
      }
    }
    Arrays.fill(sums, 0, to - from, 0);
  }

  private static void offer(
      int row, float score, RowBitmap allowed, ScoreRange range, TopRows results) {
    if (score > 0 && range.accepts(score) && (allowed == null || allowed.contains(row))) {
      results.offer(row, score);
    }
  }

  /** About how much heap the lists need. */
  @Override
  public long sizeInBytes() {
    int bytesOfList = 96;
    return published.entries * Long.BYTES * 3 / 2
        + (long) terms.size() * bytesOfList
        + (long) lengths.length * Float.BYTES;
  }

  @Override
  public void close() {
    closed = true;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("index is closed");
    }
  }
}

package dev.sagitta.engine.index.sparse;

import dev.sagitta.engine.column.SparseVectorColumn;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.index.IndexDescription;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.index.IndexFiles;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.storage.BlockFileWriter;
import dev.sagitta.engine.storage.LittleEndian;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;

/**
 * Builds the file of a sparse index: one pass over the rows counts the entries of each list, then
 * each further pass fills as many lists as memory allows. Beyond these lists it needs memory for
 * one number a row and some numbers a distinct index.
 */
final class SparseIndexBuilder {
  /** Entries that one pass collects, of eight bytes each. */
  private static final int PASS_ENTRIES_MAX = 1 << 24;

  private static final int CANCEL_CHECK_ROWS = 1 << 10;

  private final SparseVectorColumn vectors;
  private final MetricType metric;
  private final SparseBuildParameters parameters;
  private final BuildProgress progress;
  private final int passEntriesMax;
  private final TermTable table = new TermTable();
  private final float[] lengths;
  private long[] terms;
  private int[] counts;
  private SparseStatistics statistics;

  SparseIndexBuilder(
      SparseVectorColumn vectors,
      MetricType metric,
      SparseBuildParameters parameters,
      BuildProgress progress) {
    this(vectors, metric, parameters, progress, PASS_ENTRIES_MAX);
  }

  /**
   * @param passEntriesMax entries that one pass collects, if they are of more than one list
   */
  SparseIndexBuilder(
      SparseVectorColumn vectors,
      MetricType metric,
      SparseBuildParameters parameters,
      BuildProgress progress,
      int passEntriesMax) {
    this.vectors = vectors;
    this.metric = metric;
    this.parameters = parameters;
    this.progress = progress;
    this.passEntriesMax = passEntriesMax;
    this.lengths = new float[metric == MetricType.BM25 ? vectors.rowCount() : 0];
  }

  /** Builds and writes. */
  void build(String typeName, IndexFileIdentity identity, Path target) throws IOException {
    count();
    int bucketBits = bucketBits(terms.length);
    IndexDescription description =
        new IndexDescription(
            typeName,
            metric,
            SparseIndexFile.VERSION,
            vectors.rowCount(),
            SparseIndexFile.DIMENSION,
            parameters.algorithm().code(),
            bucketBits,
            0,
            0);
    IndexFiles.write(
        target,
        identity,
        description,
        writer -> {
          writer.block(
              SparseIndexFile.STATISTICS_BLOCK,
              SparseIndexFile.statisticsBlock(statistics, parameters.bm25()));
          writer.block(SparseIndexFile.DIRECTORY_BLOCK, directory(bucketBits));
          byte[] records = new byte[Math.multiplyExact(terms.length, SparseIndexFile.RECORD_BYTES)];
          writer.beginBlock(SparseIndexFile.CHUNKS_BLOCK);
          writeChunks(new ListWriter(writer, vectors.rowCount(), MemorySegment.ofArray(records)));
          writer.endBlock();
          writer.block(SparseIndexFile.LISTS_BLOCK, MemorySegment.ofArray(records));
          writeLengths(writer);
        });
    progress.rowsIndexed(vectors.rowCount());
  }

  private void count() {
    long documents = 0;
    double total = 0;
    float longest = 0;
    float smallest = Float.MAX_VALUE;
    for (int row = 0; row < vectors.rowCount(); row++) {
      checkCancelled(row);
      if (vectors.isNull(row)) {
        continue;
      }
      documents++;
      double length = 0;
      MemorySegment memory = vectors.memoryOf(row);
      long at = vectors.offsetOf(row);
      for (int left = vectors.entryCount(row); left > 0; left--) {
        float value = memory.get(LittleEndian.FLOAT, at + Integer.BYTES);
        if (isListed(value)) {
          table.count(TermTable.term(memory.get(LittleEndian.INT, at), value < 0));
          smallest = Math.min(smallest, value);
          length += value;
        }
        at += SparseVectorColumn.ENTRY_BYTES;
      }
      if (metric == MetricType.BM25) {
        lengths[row] = (float) length;
        longest = Math.max(longest, lengths[row]);
        total += lengths[row];
      }
    }
    terms = new long[table.size()];
    counts = new int[table.size()];
    table.sort(terms, counts);
    double average = documents == 0 || total == 0 ? 1 : total / documents;
    statistics = new SparseStatistics(documents, total, average, longest, smallest, terms.length);
  }

  /**
   * Whether an entry of this value is in a list.
   *
   * @throws IllegalArgumentException if it is no finite number, which is refused before rows are
   *     stored
   */
  private boolean isListed(float value) {
    if (!Float.isFinite(value)) {
      throw new IllegalArgumentException("value is not finite: value=" + value);
    }
    return metric == MetricType.BM25 ? value > 0 : value != 0;
  }

  private void writeChunks(ListWriter writer) throws IOException {
    for (int fromList = 0; fromList < terms.length; ) {
      long entries = counts[fromList];
      int toList = fromList + 1;
      while (toList < terms.length && entries + counts[toList] <= passEntriesMax) {
        entries += counts[toList++];
      }
      writePass(writer, fromList, toList, Math.toIntExact(entries));
      fromList = toList;
    }
    writer.flush();
  }

  private void writePass(ListWriter writer, int fromList, int toList, int entries)
      throws IOException {
    int[] rows = new int[entries];
    float[] impacts = new float[entries];
    int[] ends = new int[toList - fromList];
    for (int i = 1; i < ends.length; i++) {
      ends[i] = ends[i - 1] + counts[fromList + i - 1];
    }
    for (int row = 0; row < vectors.rowCount(); row++) {
      checkCancelled(row);
      if (!vectors.isNull(row)) {
        collect(row, fromList, ends, rows, impacts);
      }
    }
    for (int list = fromList; list < toList; list++) {
      int end = ends[list - fromList];
      writer.write(list, terms[list], rows, impacts, end - counts[list], end);
    }
  }

  /** Appends the row to those of its lists that belong to the pass. */
  private void collect(int row, int fromList, int[] ends, int[] rows, float[] impacts) {
    MemorySegment memory = vectors.memoryOf(row);
    long at = vectors.offsetOf(row);
    for (int left = vectors.entryCount(row); left > 0; left--) {
      float value = memory.get(LittleEndian.FLOAT, at + Integer.BYTES);
      if (isListed(value)) {
        int position =
            table.listOf(TermTable.term(memory.get(LittleEndian.INT, at), value < 0)) - fromList;
        if (position >= 0 && position < ends.length) {
          rows[ends[position]] = row;
          impacts[ends[position]] = impact(row, value);
          ends[position]++;
        }
      }
      at += SparseVectorColumn.ENTRY_BYTES;
    }
  }

  private float impact(int row, float value) {
    return metric == MetricType.BM25
        ? Math.nextUp(
            (float) parameters.bm25().impact(value, lengths[row], statistics.averageLength()))
        : Math.abs(value);
  }

  private void writeLengths(BlockFileWriter writer) throws IOException {
    MemorySegment block = MemorySegment.ofArray(new byte[lengths.length * Float.BYTES]);
    for (int row = 0; row < lengths.length; row++) {
      block.set(LittleEndian.FLOAT, (long) row * Float.BYTES, lengths[row]);
    }
    writer.block(SparseIndexFile.LENGTHS_BLOCK, block);
  }

  private MemorySegment directory(int bucketBits) {
    int buckets = 1 << bucketBits;
    int[] starts = new int[buckets + 1];
    for (long term : terms) {
      starts[SparseLists.bucketOf(TermTable.keyOf(term), bucketBits) + 1]++;
    }
    for (int i = 1; i < starts.length; i++) {
      starts[i] += starts[i - 1];
    }
    MemorySegment block = MemorySegment.ofArray(new byte[starts.length * Integer.BYTES]);
    for (int i = 0; i < starts.length; i++) {
      block.set(LittleEndian.INT, (long) i * Integer.BYTES, starts[i]);
    }
    return block;
  }

  /** So many that a bucket holds one list or two. */
  private static int bucketBits(int lists) {
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(1, lists - 1));
    return Math.clamp(bits, 1, SparseIndexFile.BUCKET_BITS_MAX);
  }

  private void checkCancelled(int row) {
    if (row % CANCEL_CHECK_ROWS == 0 && progress.cancelled()) {
      throw new CancellationException("index build was cancelled");
    }
  }
}

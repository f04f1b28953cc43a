package dev.sagitta.engine.index.sparse;

import dev.sagitta.engine.column.SparseVectorColumn;
import dev.sagitta.engine.index.IndexDescription;
import dev.sagitta.engine.index.IndexFileIdentity;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.storage.BlockFile;
import dev.sagitta.engine.storage.CorruptFileException;
import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;

/**
 * The file of a sparse index. It holds inverted lists of <em>impacts</em>: what an entry adds to a
 * score per unit of the query's weight, in eight bits and rounded up. The exact values stay in the
 * segment's own rows, from which the few rows that may be results are scored again.
 *
 * <p>An entry's impact is the magnitude of its value for IP, and the saturated term frequency for
 * BM25 ({@link Bm25Parameters#impact}, with the average length that block 2 names). Entries of
 * value 0, and for BM25 negative ones, are in no list. Rows are numbered in windows of {@value
 * #WINDOW_ROWS}.
 *
 * <p>All numbers are little-endian. The description ({@link IndexDescription}) has the name of the
 * index type, the version 1, dimension 0 and the numbers code of the algorithm, bits of a bucket's
 * number, 0 and 0. Its version changes whenever anything here does.
 *
 * <pre>
 * block 2, statistics, 56 bytes
 *   0  int64 rows that have a vector
 *   8  float64 sum of the lengths of all documents (BM25)
 *   16 float64 average length of which the impacts were computed (BM25)
 *   24 float32 length of the longest document (BM25)
 *   28 float32 smallest frequency of a term in a document (BM25)
 *   32 int64 number of lists
 *   40 float64 k1, and float64 b (BM25; defaults for IP)
 * block 3, directory: 2 ^ bits + 1 times int32: number of the bucket's first list. The key of an
 *   index is its product with 0x9e3779b9, modulo 2 ^ 32; its bucket is the key's upper bits
 * block 4, lists, sorted by key, then sign; one record of 32 bytes each
 *   0  int32 key
 *   4  int32 number of entries
 *   8  int64 offset in block 5, a multiple of 8
 *   16 float32 step: an impact is at most its eight bits times this, and more than one step less
 *   20 float32 largest impact
 *   24 int32 number of chunks
 *   28 int32 1 if the values are negative, otherwise 0
 * block 5, chunks: for each list one entry of 8 bytes a chunk, then the chunks
 *   0  uint16 window
 *   2  uint16 number of entries, minus 1
 *   4  uint8 largest of the chunk's impacts, in steps
 *   5  uint8 form: 0 sparse, 1 dense
 *   6  zeros
 *   a sparse chunk: for each entry uint16 row in the window, ascending; then for each entry uint8
 *     impact in steps, 1 to 255; padded with zeros to a multiple of 8
 *   a dense chunk: for each row of the window uint8 impact, 0 if the row has none; padded with zeros
 *     to a multiple of 64
 * block 6, lengths: for each row float32 sum of its term frequencies (BM25; empty for IP)
 * </pre>
 */
final class SparseIndexFile {
  static final int VERSION = 1;
  static final int STATISTICS_BLOCK = 2;
  static final int DIRECTORY_BLOCK = 3;
  static final int LISTS_BLOCK = 4;
  static final int CHUNKS_BLOCK = 5;
  static final int LENGTHS_BLOCK = 6;

  static final int STATISTICS_BYTES = 56;
  static final int RECORD_BYTES = 32;
  static final int CHUNK_ENTRY_BYTES = 8;
  static final int WINDOW_BITS = 16;
  static final int WINDOW_ROWS = 1 << WINDOW_BITS;
  static final int BUCKET_BITS_MAX = 28;
  static final int IMPACT_MAX = 255;
  static final int SPARSE = 0;
  static final int DENSE = 1;
  static final int DENSE_PADDING = 64;

  /** The description's dimension, since sparse vectors have none. */
  static final int DIMENSION = 0;

  private SparseIndexFile() {}

  /** Rows of a window of a segment. */
  static int rowsOfWindow(int window, int rowCount) {
    return (int) Math.min(WINDOW_ROWS, rowCount - ((long) window << WINDOW_BITS));
  }

  static int paddedRows(int rows) {
    return (rows + DENSE_PADDING - 1) & -DENSE_PADDING;
  }

  /** Bytes of a chunk's data. */
  static int chunkBytes(int form, int entries, int rowsOfWindow) {
    return form == DENSE ? paddedRows(rowsOfWindow) : (3 * entries + 7) & -8;
  }

  static SparseIndex open(
      String typeName, MemorySegment file, SparseVectorColumn vectors, IndexFileIdentity expected) {
    BlockFile blocks = IndexDescription.openFile(file, typeName, expected);
    IndexDescription description = IndexDescription.read(blocks, typeName, VERSION);
    description.requireRows(blocks, vectors.rowCount(), DIMENSION);
    MetricType metric = description.metric();
    if (metric != MetricType.IP && metric != MetricType.BM25) {
      throw new CorruptFileException(
          "index has a metric of other vectors: file=" + blocks.name() + " metric=" + metric);
    }
    SparseAlgorithm algorithm =
        SparseAlgorithm.fromCode(description.value0())
            .orElseThrow(
                () ->
                    blocks.corrupt(
                        "algorithm of at most",
                        SparseAlgorithm.TAAT_NAIVE.code(),
                        description.value0()));
    SparseStatistics statistics =
        SparseStatistics.read(block(blocks, STATISTICS_BLOCK, STATISTICS_BYTES));
    SparseLists lists =
        new SparseLists(
            description.rowCount(),
            description.value1(),
            directory(blocks, description.value1()),
            lists(blocks, statistics),
            blocks.block(CHUNKS_BLOCK));
    long lengths = metric == MetricType.BM25 ? (long) Float.BYTES * description.rowCount() : 0;
    return new SparseIndex(
        file,
        vectors,
        metric,
        algorithm,
        bm25(blocks),
        statistics,
        lists,
        new RowLengths(block(blocks, LENGTHS_BLOCK, lengths)));
  }

  private static MemorySegment directory(BlockFile blocks, int bucketBits) {
    if (bucketBits < 1 || bucketBits > BUCKET_BITS_MAX) {
      throw blocks.corrupt("bits of a bucket of at most", BUCKET_BITS_MAX, bucketBits);
    }
    return block(blocks, DIRECTORY_BLOCK, ((1L << bucketBits) + 1) * Integer.BYTES);
  }

  private static MemorySegment lists(BlockFile blocks, SparseStatistics statistics) {
    if (statistics.listCount() < 0 || statistics.listCount() > Integer.MAX_VALUE) {
      throw blocks.corrupt("lists of at most", Integer.MAX_VALUE, statistics.listCount());
    }
    return block(blocks, LISTS_BLOCK, statistics.listCount() * RECORD_BYTES);
  }

  private static Bm25Parameters bm25(BlockFile blocks) {
    MemorySegment block = block(blocks, STATISTICS_BLOCK, STATISTICS_BYTES);
    double k1 = block.get(LittleEndian.DOUBLE, 40);
    double b = block.get(LittleEndian.DOUBLE, 48);
    if (!Bm25Parameters.areValid(k1, b)) {
      throw new CorruptFileException(
          "index has impossible BM25 parameters: file=" + blocks.name() + " k1=" + k1 + " b=" + b);
    }
    return new Bm25Parameters(k1, b);
  }

  private static MemorySegment block(BlockFile blocks, int code, long expected) {
    MemorySegment block = blocks.block(code);
    if (block.byteSize() != expected) {
      throw blocks.corrupt("length of block " + code, expected, block.byteSize());
    }
    return block;
  }

  /** The record of the statistics block. */
  static MemorySegment statisticsBlock(SparseStatistics statistics, Bm25Parameters bm25) {
    MemorySegment block = MemorySegment.ofArray(new byte[STATISTICS_BYTES]);
    block.set(LittleEndian.LONG, 0, statistics.documentCount());
    block.set(LittleEndian.DOUBLE, 8, statistics.totalLength());
    block.set(LittleEndian.DOUBLE, 16, statistics.averageLength());
    block.set(LittleEndian.FLOAT, 24, statistics.longest());
    block.set(LittleEndian.FLOAT, 28, statistics.smallestFrequency());
    block.set(LittleEndian.LONG, 32, statistics.listCount());
    block.set(LittleEndian.DOUBLE, 40, bm25.k1());
    block.set(LittleEndian.DOUBLE, 48, bm25.b());
    return block;
  }
}

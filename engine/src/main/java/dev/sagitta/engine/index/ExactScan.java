package dev.sagitta.engine.index;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.BinaryVectorColumn;
import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.column.PackedVectorColumn;
import dev.sagitta.engine.column.SparseVectorColumn;
import dev.sagitta.engine.column.VectorColumn;
import dev.sagitta.engine.column.VectorListColumn;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.MetricType;
import java.util.List;
import java.util.Optional;

/**
 * Compares queries with every allowed row of a range of rows: the FLAT index, and how rows without
 * an index are searched. Null rows are never offered.
 *
 * <p>A scan is bound by the memory's bandwidth. Several queries are therefore compared with a piece
 * of the rows that fits the processor's first cache before the next piece is read.
 */
public final class ExactScan {
  /** Bytes of rows that stay in the first cache, beside the queries, while all queries pass. */
  private static final int PIECE_BYTES = 16 << 10;

  private static final int PIECE_ROWS_MIN = 4;

  private ExactScan() {}

  /** Whether vectors of the type can be compared by this metric here. */
  public static boolean supports(DataType type, MetricType metric) {
    return switch (type) {
      case FLOAT_VECTOR, FLOAT16_VECTOR, BFLOAT16_VECTOR, INT8_VECTOR ->
          metric == MetricType.L2 || metric == MetricType.IP || metric == MetricType.COSINE;
      case BINARY_VECTOR -> metric == MetricType.HAMMING || metric == MetricType.JACCARD;
      case SPARSE_FLOAT_VECTOR -> metric == MetricType.IP || metric == MetricType.BM25;
      case ARRAY_OF_VECTOR -> metric.ofListElements().isPresent();
      default -> false;
    };
  }

  /**
   * Offers the nearest of the rows {@code fromRow} to {@code toRow - 1} to {@code results}.
   *
   * @param query query vector, of the kind and dimension of the column
   * @param parameters only the bounds of a range search are read; for the metric BM25 also its
   *     constants, by the names of the index's build parameters, and which terms are dropped
   * @param allowed rows that may be offered, by row number of the column; rows at or beyond its
   *     {@code rowCount()} are not; empty means all
   * @param results receives rows with scores in the metric's public form
   */
  public static void search(
      VectorColumn vectors,
      int fromRow,
      int toRow,
      MetricType metric,
      QueryVector query,
      IndexSearchParameters parameters,
      Optional<RowBitmap> allowed,
      TopRows results) {
    requireNonNull(query, "query is null");
    requireNonNull(results, "results is null");
    requireComparable(vectors, fromRow, toRow, metric);
    ScoreRange range = ScoreRange.of(parameters, metric);
    RowBitmap bitmap = allowed.orElse(null);
    int end = bitmap == null ? toRow : Math.min(toRow, bitmap.rowCount());
    switch (vectors) {
      case SparseVectorColumn sparse ->
          new SparseScan(sparse, metric, query.sparse(), parameters, range, results)
              .scan(fromRow, end, bitmap);
      case VectorListColumn lists ->
          new MaxSimScan(lists, metric, query.list(), range, results).scan(fromRow, end, bitmap);
      case PackedVectorColumn packed -> {
        PackedScan scan = scanOf(packed, bitmap != null, metric, query, range, results);
        for (int row = fromRow; row < end; ) {
          int blockEnd = Math.min(end, row + packed.contiguousRows(row));
          scan.scan(row, blockEnd, bitmap);
          scan.finishBlock();
          row = blockEnd;
        }
      }
    }
  }

  /**
   * Like {@link #search} for several queries, reading each row from memory once.
   *
   * @param queries at least one
   * @param results as many as queries, each receives the rows of its query
   */
  public static void searchAll(
      VectorColumn vectors,
      int fromRow,
      int toRow,
      MetricType metric,
      List<QueryVector> queries,
      IndexSearchParameters parameters,
      Optional<RowBitmap> allowed,
      List<TopRows> results) {
    if (queries.size() == 1 || !(vectors instanceof PackedVectorColumn packed)) {
      for (int i = 0; i < queries.size(); i++) {
        search(
            vectors, fromRow, toRow, metric, queries.get(i), parameters, allowed, results.get(i));
      }
      return;
    }
    requireComparable(vectors, fromRow, toRow, metric);
    ScoreRange range = ScoreRange.of(parameters, metric);
    RowBitmap bitmap = allowed.orElse(null);
    PackedScan[] scans = new PackedScan[queries.size()];
    for (int i = 0; i < scans.length; i++) {
      scans[i] = scanOf(packed, bitmap != null, metric, queries.get(i), range, results.get(i));
    }
    int end = bitmap == null ? toRow : Math.min(toRow, bitmap.rowCount());
    int pieceRows = Math.max(PIECE_ROWS_MIN, PIECE_BYTES / packed.vectorBytes());
    for (int row = fromRow; row < end; ) {
      int blockEnd = Math.min(end, row + packed.contiguousRows(row));
      for (; row < blockEnd; row += pieceRows) {
        for (PackedScan scan : scans) {
          scan.scan(row, Math.min(blockEnd, row + pieceRows), bitmap);
        }
      }
      for (PackedScan scan : scans) {
        scan.finishBlock();
      }
      row = blockEnd;
    }
  }

  private static PackedScan scanOf(
      PackedVectorColumn vectors,
      boolean selective,
      MetricType metric,
      QueryVector query,
      ScoreRange range,
      TopRows results) {
    RowComparison comparison =
        switch (vectors) {
          case DenseVectorColumn dense -> new DenseComparison(dense, metric, query.dense());
          case BinaryVectorColumn binary -> new BinaryComparison(binary, metric, query.binary());
        };
    return new PackedScan(vectors, selective, comparison, range, results);
  }

  private static void requireComparable(
      VectorColumn vectors, int fromRow, int toRow, MetricType metric) {
    requireNonNull(vectors, "vectors is null");
    if (fromRow < 0 || toRow > vectors.rowCount()) {
      throw new IllegalArgumentException(
          "rows outside the column: fromRow="
              + fromRow
              + " toRow="
              + toRow
              + " rowCount="
              + vectors.rowCount());
    }
    if (!supports(vectors.type(), metric)) {
      throw new IllegalArgumentException(
          "metric is not for these vectors: metric=" + metric + " type=" + vectors.type());
    }
  }
}

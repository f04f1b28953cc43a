package dev.sagitta.engine.index;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.column.VectorColumn;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.vector.UnitVectors;
import dev.sagitta.engine.vector.VectorKernel;
import dev.sagitta.engine.vector.VectorKernels;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * Compares a query with every allowed row of a range of rows: the FLAT index, and how rows without
 * an index are searched. Cosine computes inner product and norm of a row in one pass, since the
 * scan is bound by memory and not by arithmetic. Null rows are never offered.
 */
public final class ExactScan {
  private static final int GROUP = 4;
  private static final VectorKernel KERNEL = VectorKernels.preferred();

  private final DenseVectorColumn vectors;
  private final MetricType metric;
  private final float[] query;
  private final int queryOffset;
  private final ScoreRange range;
  private final TopRows results;

  private final int[] rows = new int[GROUP];
  private final long[] offsets = new long[GROUP];
  private final float[] scores = new float[GROUP];
  private int pending;
  private MemorySegment block;

  private ExactScan(
      DenseVectorColumn vectors,
      MetricType metric,
      float[] query,
      int queryOffset,
      ScoreRange range,
      TopRows results) {
    this.vectors = vectors;
    this.metric = metric;
    this.range = range;
    this.results = results;
    if (metric == MetricType.COSINE) {
      this.query = new float[vectors.dimension()];
      this.queryOffset = 0;
      UnitVectors.normalize(query, queryOffset, this.query, 0, vectors.dimension());
    } else {
      this.query = query;
      this.queryOffset = queryOffset;
    }
  }

  /** Whether vectors of the type can be compared by this metric here. */
  public static boolean supports(DataType type, MetricType metric) {
    return type == DataType.FLOAT_VECTOR && isDense(metric);
  }

  private static boolean isDense(MetricType metric) {
    return metric == MetricType.L2 || metric == MetricType.IP || metric == MetricType.COSINE;
  }

  /**
   * Offers the nearest of the rows {@code fromRow} to {@code toRow - 1} to {@code results}.
   *
   * @param query query vector, of the kind and dimension of the column
   * @param parameters only the bounds of a range search are read
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
    requireNonNull(vectors, "vectors is null");
    requireNonNull(query, "query is null");
    requireNonNull(results, "results is null");
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
    DenseVectorColumn dense = (DenseVectorColumn) vectors;
    QueryVector.Dense denseQuery = query.dense();
    ExactScan scan =
        new ExactScan(
            dense,
            metric,
            denseQuery.values(),
            denseQuery.offset(),
            ScoreRange.of(parameters, metric),
            results);
    int end = allowed.isPresent() ? Math.min(toRow, allowed.get().rowCount()) : toRow;
    for (int row = fromRow; row < end; ) {
      int blockEnd = Math.min(end, row + dense.contiguousRows(row));
      scan.block(row, blockEnd, allowed.orElse(null));
      row = blockEnd;
    }
  }

  private void block(int fromRow, int toRow, RowBitmap allowed) {
    block = vectors.blockOf(fromRow);
    long firstOffset = vectors.offsetInBlock(fromRow);
    long rowBytes = 4L * vectors.dimension();
    boolean mayHaveNulls = vectors.mayHaveNulls();
    int row = allowed == null ? fromRow : allowed.nextRow(fromRow);
    while (row >= 0 && row < toRow) {
      if (!mayHaveNulls || !vectors.isNull(row)) {
        rows[pending] = row;
        offsets[pending] = firstOffset + (row - fromRow) * rowBytes;
        if (++pending == GROUP) {
          compareGroup();
        }
      }
      row = allowed == null ? row + 1 : allowed.nextRow(row + 1);
    }
    compareRest();
  }

  private void compareGroup() {
    int dimension = vectors.dimension();
    long offset0 = offsets[0];
    long offset1 = offsets[1];
    long offset2 = offsets[2];
    long offset3 = offsets[3];
    switch (metric) {
      case L2 ->
          KERNEL.squaredDistances(
              query, queryOffset, block, offset0, offset1, offset2, offset3, dimension, scores);
      case IP ->
          KERNEL.innerProducts(
              query, queryOffset, block, offset0, offset1, offset2, offset3, dimension, scores);
      default ->
          KERNEL.normalizedInnerProducts(
              query, queryOffset, block, offset0, offset1, offset2, offset3, dimension, scores);
    }
    pending = 0;
    for (int i = 0; i < GROUP; i++) {
      offer(rows[i], scores[i]);
    }
  }

  private void compareRest() {
    int dimension = vectors.dimension();
    for (int i = 0; i < pending; i++) {
      long offset = offsets[i];
      float score =
          switch (metric) {
            case L2 -> KERNEL.squaredDistance(query, queryOffset, block, offset, dimension);
            case IP -> KERNEL.innerProduct(query, queryOffset, block, offset, dimension);
            default -> KERNEL.normalizedInnerProduct(query, queryOffset, block, offset, dimension);
          };
      offer(rows[i], score);
    }
    pending = 0;
  }

  private void offer(int row, float computed) {
    // Rounding must not take a cosine out of its interval.
    float score = metric == MetricType.COSINE ? Math.clamp(computed, -1f, 1f) : computed;
    if (results.wouldKeep(score) && range.accepts(score)) {
      results.offer(row, score);
    }
  }
}

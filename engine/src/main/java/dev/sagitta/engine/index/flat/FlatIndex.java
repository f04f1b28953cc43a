package dev.sagitta.engine.index.flat;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.VectorColumn;
import dev.sagitta.engine.index.ExactScan;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.index.VectorIndex;
import dev.sagitta.engine.schema.MetricType;
import java.util.List;
import java.util.Optional;

/** Scans the segment's own vectors. */
final class FlatIndex implements VectorIndex {
  private final VectorColumn vectors;
  private final MetricType metric;
  private volatile boolean closed;

  FlatIndex(VectorColumn vectors, MetricType metric) {
    this.vectors = requireNonNull(vectors, "vectors is null");
    this.metric = requireNonNull(metric, "metric is null");
  }

  @Override
  public int rowCount() {
    return vectors.rowCount();
  }

  @Override
  public void search(
      QueryVector query,
      IndexSearchParameters parameters,
      Optional<RowBitmap> allowed,
      TopRows results) {
    requireOpen();
    ExactScan.search(vectors, 0, rowCount(), metric, query, parameters, allowed, results);
  }

  @Override
  public void searchAll(
      List<QueryVector> queries,
      IndexSearchParameters parameters,
      Optional<RowBitmap> allowed,
      List<TopRows> results) {
    requireOpen();
    ExactScan.searchAll(vectors, 0, rowCount(), metric, queries, parameters, allowed, results);
  }

  @Override
  public long sizeInBytes() {
    return 0;
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

package dev.sagitta.engine.index.hnsw;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.VectorColumn;
import dev.sagitta.engine.index.ExactScan;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.index.ScoreRange;
import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.index.VectorIndex;
import dev.sagitta.engine.index.graph.GraphBlocks;
import dev.sagitta.engine.index.graph.OfferedNodes;
import dev.sagitta.engine.schema.MetricType;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.function.Supplier;

/** A finished graph, searched where its file is mapped. */
final class HnswIndex implements VectorIndex {
  private final GraphBlocks blocks;
  private final MetricType metric;
  private final VectorColumn vectors;
  private final VectorSearch search;
  private final MemorySegment file;
  private volatile boolean closed;

  /**
   * @param distances makes means to compare queries with the graph's nodes
   * @param scannedRowCost see {@link VectorSearch}
   * @param vectors the vectors of all rows, for scans
   * @param file the memory that the graph lies in, kept reachable as long as the index is
   */
  HnswIndex(
      GraphBlocks blocks,
      MetricType metric,
      Supplier<? extends QueryDistances> distances,
      double scannedRowCost,
      VectorColumn vectors,
      MemorySegment file) {
    this.blocks = requireNonNull(blocks, "blocks is null");
    this.metric = requireNonNull(metric, "metric is null");
    this.vectors = requireNonNull(vectors, "vectors is null");
    this.search = new VectorSearch(blocks.graph(), distances, scannedRowCost);
    this.file = requireNonNull(file, "file is null");
  }

  MetricType metric() {
    return metric;
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
    if (closed) {
      throw new IllegalStateException("index is closed");
    }
    int rows = vectors.rowCount();
    ScoreRange range = ScoreRange.of(parameters, metric);
    QueryVector.Dense dense = query.dense();
    search.search(
        dense.values(),
        dense.offset(),
        HnswIndexType.candidates(parameters, results.capacity()),
        rows,
        new OfferedNodes(blocks.rows(), metric, rows, rows, allowed, range),
        results,
        () -> ExactScan.search(vectors, 0, rows, metric, query, parameters, allowed, results));
  }

  @Override
  public long sizeInBytes() {
    return file.byteSize();
  }

  @Override
  public void close() {
    closed = true;
  }
}

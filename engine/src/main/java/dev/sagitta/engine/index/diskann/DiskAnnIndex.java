package dev.sagitta.engine.index.diskann;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.index.ScoreRange;
import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.index.VectorIndex;
import dev.sagitta.engine.schema.MetricType;
import java.util.Optional;

/**
 * A graph on disk with its codes in memory.
 *
 * <p>What has to be in memory is what {@link #sizeInBytes} counts: the codes, at most {@code
 * PQCodeBudgetGBRatio} of the raw vectors' bytes, and the nodes around the entry, at most {@code
 * SearchCacheBudgetGBRatio} of them. Everything else is read from the file's memory map: the system
 * keeps as much of it in memory as there is room for, and takes it away when there is none, upon
 * which searches become slower and nothing else. In addition each of the searches that run at the
 * same time needs a byte a node for marks and the tables of its query.
 */
final class DiskAnnIndex implements VectorIndex {
  private final DiskAnnSearch search;
  private final NodeStore nodes;
  private final MetricType metric;
  private final int rowCount;
  private final long residentBytes;
  private final OwnedMemory memory;
  private volatile boolean closed;

  /**
   * @param residentBytes bytes of codes and nodes in memory
   * @param memory holds them, and is the index's to close
   */
  DiskAnnIndex(
      DiskAnnSearch search,
      NodeStore nodes,
      MetricType metric,
      int rowCount,
      long residentBytes,
      OwnedMemory memory) {
    this.search = requireNonNull(search, "search is null");
    this.nodes = requireNonNull(nodes, "nodes is null");
    this.metric = requireNonNull(metric, "metric is null");
    this.rowCount = rowCount;
    this.residentBytes = residentBytes;
    this.memory = requireNonNull(memory, "memory is null");
  }

  @Override
  public int rowCount() {
    return rowCount;
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
    QueryVector.Dense dense = query.dense();
    search.search(
        dense.values(),
        dense.offset(),
        DiskAnnIndexType.searchList(parameters, results.capacity()),
        new OfferedRows(nodes, rowCount, allowed, ScoreRange.of(parameters, metric), results));
  }

  /** Bytes that have to be in memory; the file, which is mapped too, does not. */
  @Override
  public long sizeInBytes() {
    return residentBytes;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      memory.close();
    }
  }
}

package dev.sagitta.engine.index.hnsw;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.index.ScoreRange;
import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.index.VectorIndex;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** A finished graph, searched where its file is mapped. */
final class HnswIndex implements VectorIndex {
  private final HnswGraph graph;
  private final GraphSearch search;
  private final int rowCount;
  private final MemorySegment file;
  private volatile boolean closed;

  /**
   * @param file the memory that the graph lies in, kept reachable as long as the index is
   */
  HnswIndex(HnswGraph graph, int rowCount, MemorySegment file) {
    this.graph = requireNonNull(graph, "graph is null");
    this.search = new GraphSearch(graph);
    this.rowCount = rowCount;
    this.file = requireNonNull(file, "file is null");
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
        HnswIndexType.candidates(parameters, results.capacity()),
        rowCount,
        new OfferedNodes(rowCount, allowed, ScoreRange.of(parameters, graph.metric())),
        results);
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

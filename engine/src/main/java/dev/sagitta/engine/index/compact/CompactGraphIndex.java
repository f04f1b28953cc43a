package dev.sagitta.engine.index.compact;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.index.VectorIndex;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** A finished graph, searched where its file is mapped. */
final class CompactGraphIndex implements VectorIndex {
  private final DenseVectorColumn vectors;
  private final CompactSearch search;
  private final MemorySegment file;
  private volatile boolean closed;

  /**
   * @param vectors the vectors of all rows
   * @param file the memory that the graph lies in, kept reachable as long as the index is
   */
  CompactGraphIndex(CompactGraph graph, DenseVectorColumn vectors, MemorySegment file) {
    this.vectors = requireNonNull(vectors, "vectors is null");
    this.search = new CompactSearch(graph, vectors);
    this.file = requireNonNull(file, "file is null");
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
    int ef = CompactGraphIndexType.candidates(parameters, results.capacity());
    search.search(query, ef, parameters, allowed, results);
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

package dev.sagitta.engine.index.ivf;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.PackedVectorColumn;
import dev.sagitta.engine.index.ExactScan;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.index.VectorIndex;
import dev.sagitta.engine.index.graph.ScratchPool;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * An opened inverted file, searched where it is mapped. Where a filter leaves hardly more rows than
 * a search without a filter compares, all of them are compared, in the segment's own vectors.
 */
final class IvfIndex implements VectorIndex {
  private final IvfFamily family;
  private final IvfLists lists;
  private final PackedVectorColumn vectors;
  private final MemorySegment file;
  private final ScratchPool<IvfSearcher> searchers;
  private volatile boolean closed;

  /**
   * @param file the memory that the lists lie in, kept reachable as long as the index is
   */
  IvfIndex(IvfFamily family, IvfLists lists, PackedVectorColumn vectors, MemorySegment file) {
    this.family = requireNonNull(family, "family is null");
    this.lists = requireNonNull(lists, "lists is null");
    this.vectors = requireNonNull(vectors, "vectors is null");
    this.file = requireNonNull(file, "file is null");
    RowScanning scanning = family.scanning(lists, vectors);
    Optional<RowScanning> reranking = family.reranking(lists, vectors);
    this.searchers = new ScratchPool<>(() -> new IvfSearcher(lists, scanning, reranking));
  }

  @Override
  public int rowCount() {
    return lists.rowCount();
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
    int probes = Math.min(IvfParameters.probes(parameters), lists.listCount());
    int expected = (int) Math.ceil((double) lists.positions() * probes / lists.listCount());
    int rowsMin = 0;
    if (allowed.isPresent()) {
      int cardinality = allowed.get().cardinality();
      if (cardinality == 0) {
        return;
      }
      // Comparing centroids costs what comparing rows costs.
      if (cardinality <= Math.max(results.capacity(), expected + lists.listCount())) {
        ExactScan.search(
            vectors, 0, rowCount(), lists.metric(), query, parameters, allowed, results);
        return;
      }
      rowsMin = expected;
    }
    IvfSearcher searcher = searchers.acquire();
    try {
      searcher.search(
          query,
          parameters,
          allowed.orElse(null),
          new IvfEffort(
              probes,
              Math.max(rowsMin, results.capacity()),
              family.candidates(parameters, results.capacity()),
              family.queryBits(parameters)),
          results);
    } finally {
      searchers.release(searcher);
    }
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

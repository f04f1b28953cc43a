package dev.sagitta.engine.index.hnsw;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.column.VectorColumn;
import dev.sagitta.engine.index.GrowingVectorIndex;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.index.ScoreRange;
import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.schema.MetricType;
import java.lang.foreign.Arena;
import java.util.Optional;

/**
 * A graph that grows while it is searched, for growing segments. It keeps its own copy of the
 * vectors in the form that it compares, so it does not read the column again after {@link #append}.
 * One row costs some tenths of a millisecond: append away from the write path.
 */
public final class GrowingHnswIndex implements GrowingVectorIndex {
  /** Cheaper to build than a sealed segment's graph, since it lives only until the seal. */
  public static final int M_DEFAULT = 16;

  public static final int EF_CONSTRUCTION_DEFAULT = 100;

  /** A block of vectors is about this long: what an almost empty index costs. */
  private static final int BLOCK_BYTES = 1 << 18;

  private static final int SHIFT_MIN = 5;
  private static final int SHIFT_MAX = 14;

  private final Arena arena = Arena.ofShared();
  private final int dimension;
  private final HnswGraph graph;
  private final GraphInserter inserter;
  private final GraphSearch search;
  private final float[] vector;
  private volatile int rowCount;
  private volatile boolean closed;

  public GrowingHnswIndex(MetricType metric, int dimension) {
    this(metric, dimension, M_DEFAULT, EF_CONSTRUCTION_DEFAULT);
  }

  public GrowingHnswIndex(MetricType metric, int dimension, int m, int efConstruction) {
    HnswParameters parameters = new HnswParameters(m, efConstruction);
    int rowsPerBlock = BLOCK_BYTES / HnswGraph.vectorBytes(dimension);
    int shift =
        Math.clamp(31 - Integer.numberOfLeadingZeros(rowsPerBlock | 1), SHIFT_MIN, SHIFT_MAX);
    this.dimension = dimension;
    this.graph = HnswGraph.growing(arena, metric, dimension, parameters.m(), shift);
    this.inserter =
        new GraphInserter(
            graph,
            new GraphLocks(),
            new UpperListAllocator(graph.upperLists()),
            parameters.efConstruction());
    this.search = new GraphSearch(graph);
    this.vector = new float[dimension];
  }

  @Override
  public int rowCount() {
    return rowCount;
  }

  @Override
  public void append(VectorColumn column, int toRow) {
    DenseVectorColumn vectors = (DenseVectorColumn) requireNonNull(column, "column is null");
    requireOpen();
    if (vectors.dimension() != dimension || toRow > vectors.rowCount()) {
      throw new IllegalArgumentException(
          "rows do not fit: dimension="
              + vectors.dimension()
              + " expected="
              + dimension
              + " toRow="
              + toRow
              + " rowCount="
              + vectors.rowCount());
    }
    for (int row = rowCount; row < toRow; row++) {
      if (vectors.mayHaveNulls() && vectors.isNull(row)) {
        inserter.skip(row);
      } else {
        vectors.copyVector(row, vector, 0);
        inserter.insert(row, vector, 0);
      }
      rowCount = row + 1;
    }
  }

  @Override
  public void search(
      QueryVector query,
      IndexSearchParameters parameters,
      Optional<RowBitmap> allowed,
      TopRows results) {
    searchBelow(rowCount, query, parameters, allowed, results);
  }

  @Override
  public void searchBelow(
      int rowLimit,
      QueryVector query,
      IndexSearchParameters parameters,
      Optional<RowBitmap> allowed,
      TopRows results) {
    requireOpen();
    int rows = rowCount;
    if (rowLimit > rows) {
      throw new IllegalArgumentException(
          "rows are not indexed yet: rowLimit=" + rowLimit + " rowCount=" + rows);
    }
    QueryVector.Dense dense = query.dense();
    search.search(
        dense.values(),
        dense.offset(),
        HnswIndexType.candidates(parameters, results.capacity()),
        rows,
        new OfferedNodes(rowLimit, allowed, ScoreRange.of(parameters, graph.metric())),
        results);
  }

  @Override
  public long sizeInBytes() {
    return graph.sizeInBytes();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      arena.close();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("index is closed");
    }
  }
}

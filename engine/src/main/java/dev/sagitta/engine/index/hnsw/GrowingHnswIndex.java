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
import dev.sagitta.engine.index.graph.GraphInserter;
import dev.sagitta.engine.index.graph.GraphLocks;
import dev.sagitta.engine.index.graph.GrowingUpperLists;
import dev.sagitta.engine.index.graph.LinkGraph;
import dev.sagitta.engine.index.graph.NodeDistances;
import dev.sagitta.engine.index.graph.NodeOrder;
import dev.sagitta.engine.index.graph.NodeRows;
import dev.sagitta.engine.index.graph.OfferedNodes;
import dev.sagitta.engine.index.graph.RecordBlocks;
import dev.sagitta.engine.index.graph.ScratchPool;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.MetricType;
import java.lang.foreign.Arena;
import java.util.Arrays;
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
  private final LinkGraph graph;
  private final GrowingUpperLists upperLists;
  private final VectorNodes nodes;
  private final GraphInserter inserter;
  private final VectorSearch search;
  private final ScratchPool<VectorDistances> scanning;
  private final float[] vector;
  private volatile int rowCount;
  private volatile boolean closed;

  public GrowingHnswIndex(MetricType metric, int dimension) {
    this(metric, dimension, M_DEFAULT, EF_CONSTRUCTION_DEFAULT);
  }

  public GrowingHnswIndex(MetricType metric, int dimension, int m, int efConstruction) {
    HnswParameters parameters = new HnswParameters(m, efConstruction);
    int vectorBytes = VectorNodes.vectorBytes(DataType.FLOAT_VECTOR, dimension);
    int rowsPerBlock = BLOCK_BYTES / vectorBytes;
    int shift =
        Math.clamp(31 - Integer.numberOfLeadingZeros(rowsPerBlock | 1), SHIFT_MIN, SHIFT_MAX);
    this.dimension = dimension;
    this.upperLists = new GrowingUpperLists(arena, m, shift);
    this.graph = LinkGraph.growing(arena, m, shift, upperLists);
    this.nodes =
        new VectorNodes(
            DataType.FLOAT_VECTOR,
            metric,
            dimension,
            RecordBlocks.growing(arena, vectorBytes, shift));
    this.inserter =
        new GraphInserter(
            graph, () -> new VectorDistances(nodes), new GraphLocks(), parameters.efConstruction());
    this.search =
        new VectorSearch(graph, () -> new VectorDistances(nodes), VectorNodes.SCANNED_ROW_COST);
    this.scanning = new ScratchPool<>(() -> new VectorDistances(nodes));
    this.vector = new float[dimension];
  }

  /** A tenth of a millisecond against tens of nanoseconds; searches that wait count double. */
  @Override
  public int scannedRowsPerAppend() {
    return 1_000;
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
        graph.skip(row);
      } else {
        vectors.copyVector(row, vector, 0);
        nodes.prepare(vector, 0, vector);
        nodes.set(row, vector);
        int level = NodeOrder.levelOf(row, graph.m());
        graph.ensureCapacity(row + 1);
        upperLists.add(row, level);
        inserter.insert(row, level);
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
    OfferedNodes offered =
        new OfferedNodes(
            NodeRows.IDENTITY,
            nodes.metric(),
            rows,
            rowLimit,
            allowed,
            ScoreRange.of(parameters, nodes.metric()));
    QueryVector.Dense dense = query.dense();
    search.search(
        dense.values(),
        dense.offset(),
        HnswIndexType.candidates(parameters, results.capacity()),
        rows,
        offered,
        results,
        () -> scan(dense, offered, results));
  }

  private void scan(QueryVector.Dense query, OfferedNodes offered, TopRows results) {
    VectorDistances distances = scanning.acquire();
    distances.setQuery(query.values(), query.offset(), true);
    int[] group = new int[NodeDistances.GROUP];
    float[] groupDistances = new float[NodeDistances.GROUP];
    int count = 0;
    for (int row = offered.nextRow(0); row >= 0; row = offered.nextRow(row + 1)) {
      if (!graph.isSkipped(row)) {
        group[count++] = row;
        if (count == group.length) {
          distances.compute(group, count, groupDistances);
          offerAll(group, groupDistances, count, offered, results);
          count = 0;
        }
      }
    }
    if (count > 0) {
      Arrays.fill(group, count, group.length, group[0]);
      distances.compute(group, count, groupDistances);
      offerAll(group, groupDistances, count, offered, results);
    }
    scanning.release(distances);
  }

  private static void offerAll(
      int[] rows, float[] distances, int count, OfferedNodes offered, TopRows results) {
    for (int i = 0; i < count; i++) {
      float score = offered.score(distances[i]);
      if (results.wouldKeep(score) && offered.acceptsScore(score)) {
        results.offer(rows[i], score);
      }
    }
  }

  @Override
  public long sizeInBytes() {
    return graph.sizeInBytes() + nodes.records().sizeInBytes();
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

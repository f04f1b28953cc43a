package dev.sagitta.engine.index.hnsw;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.index.BuildProgress;
import dev.sagitta.engine.schema.MetricType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Builds the graph of all rows of a column with several threads. */
final class GraphBuilder {
  /** Rows a thread takes at a time, and between two looks at cancellation. */
  private static final int ROWS_PER_STEP = 64;

  private final DenseVectorColumn vectors;
  private final HnswParameters parameters;
  private final BuildProgress progress;
  private final HnswGraph graph;
  private final GraphLocks locks = new GraphLocks();
  private final UpperListAllocator upperLists;
  private final AtomicInteger nextRow = new AtomicInteger();
  private final AtomicInteger rowsDone = new AtomicInteger();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  private GraphBuilder(
      DenseVectorColumn vectors,
      HnswParameters parameters,
      BuildProgress progress,
      HnswGraph graph) {
    this.vectors = vectors;
    this.parameters = parameters;
    this.progress = progress;
    this.graph = graph;
    this.upperLists = new UpperListAllocator(graph.upperLists());
  }

  /**
   * Builds a graph in memory of the arena, which must be shared between threads.
   *
   * @throws CancellationException if progress says so
   */
  static BuiltGraph build(
      Arena arena,
      DenseVectorColumn vectors,
      MetricType metric,
      HnswParameters parameters,
      BuildProgress progress) {
    requireNonNull(progress, "progress is null");
    int rows = vectors.rowCount();
    int dimension = vectors.dimension();
    int m = parameters.m();
    int upperCount = upperListCount(rows, m);
    MemorySegment vectorMemory = allocate(arena, rows, HnswGraph.vectorBytes(dimension));
    MemorySegment linkMemory = allocate(arena, rows, HnswGraph.linkBytes(m));
    MemorySegment upperMemory = allocate(arena, upperCount, HnswGraph.upperListBytes(m));
    HnswGraph graph =
        new HnswGraph(
            metric,
            dimension,
            m,
            RecordBlocks.over(vectorMemory, HnswGraph.vectorBytes(dimension), rows),
            RecordBlocks.over(linkMemory, HnswGraph.linkBytes(m), rows),
            RecordBlocks.over(upperMemory, HnswGraph.upperListBytes(m), upperCount));
    new GraphBuilder(vectors, parameters, progress, graph).run();
    return new BuiltGraph(graph, vectorMemory, linkMemory, upperMemory);
  }

  private static MemorySegment allocate(Arena arena, int records, int recordBytes) {
    return arena.allocate((long) records * recordBytes, RecordBlocks.ALIGNMENT_BYTES);
  }

  private static int upperListCount(int rows, int m) {
    int count = 0;
    for (int row = 0; row < rows; row++) {
      count += GraphInserter.levelOf(row, m);
    }
    return count;
  }

  private void run() {
    List<Thread> helpers = new ArrayList<>();
    for (int i = 1; i < progress.parallelism(); i++) {
      helpers.add(Thread.ofPlatform().daemon().name("hnsw-build-" + i).start(this::insertRows));
    }
    insertRows();
    boolean interrupted = false;
    for (Thread helper : helpers) {
      interrupted |= joinUninterruptibly(helper);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    Throwable thrown = failure.get();
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
  }

  /** The helpers write to memory that is freed after the build, so there is no leaving early. */
  private boolean joinUninterruptibly(Thread helper) {
    boolean interrupted = false;
    while (true) {
      try {
        helper.join();
        return interrupted;
      } catch (InterruptedException e) {
        interrupted = true;
        failure.compareAndSet(null, new CancellationException("index build was interrupted"));
      }
    }
  }

  private void insertRows() {
    try {
      int rows = vectors.rowCount();
      // More candidates than rows only cost memory.
      int efConstruction = Math.min(parameters.efConstruction(), rows);
      GraphInserter inserter = new GraphInserter(graph, locks, upperLists, efConstruction);
      float[] vector = new float[vectors.dimension()];
      int from;
      while (failure.get() == null && (from = nextRow.getAndAdd(ROWS_PER_STEP)) < rows) {
        if (progress.cancelled()) {
          throw new CancellationException("index build was cancelled");
        }
        int to = Math.min(rows, from + ROWS_PER_STEP);
        for (int row = from; row < to; row++) {
          insert(inserter, row, vector);
        }
        progress.rowsIndexed(rowsDone.addAndGet(to - from));
      }
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    }
  }

  private void insert(GraphInserter inserter, int row, float[] vector) {
    if (vectors.mayHaveNulls() && vectors.isNull(row)) {
      inserter.skip(row);
    } else {
      vectors.copyVector(row, vector, 0);
      inserter.insert(row, vector, 0);
    }
  }
}

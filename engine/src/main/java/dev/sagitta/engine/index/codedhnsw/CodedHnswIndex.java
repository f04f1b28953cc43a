package dev.sagitta.engine.index.codedhnsw;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.index.DenseComparison;
import dev.sagitta.engine.index.ExactScan;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.index.ScoreRange;
import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.index.VectorIndex;
import dev.sagitta.engine.index.graph.CandidatePool;
import dev.sagitta.engine.index.graph.GraphBlocks;
import dev.sagitta.engine.index.graph.GraphWalk;
import dev.sagitta.engine.index.graph.LinkGraph;
import dev.sagitta.engine.index.graph.OfferedNodes;
import dev.sagitta.engine.index.graph.OfferedWalk;
import dev.sagitta.engine.index.graph.ScratchPool;
import dev.sagitta.engine.index.graph.WalkScratch;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * A finished graph over codes. The candidates of a walk, as many as wanted or {@code refine_k}
 * times as many, are ranked by exact scores. Few offered rows are scanned instead, see HNSW.
 */
final class CodedHnswIndex implements VectorIndex {
  private record Scratch(CodeDistances distances, WalkScratch walk) {}

  private final GraphBlocks blocks;
  private final CodedNodes nodes;
  private final boolean refine;
  private final DenseVectorColumn vectors;
  private final MemorySegment file;
  private final ScratchPool<Scratch> scratches;
  private volatile boolean closed;

  /**
   * @param vectors the vectors of all rows
   * @param file the memory that graph and codes lie in, kept reachable as long as the index is
   */
  CodedHnswIndex(
      GraphBlocks blocks,
      CodedNodes nodes,
      boolean refine,
      DenseVectorColumn vectors,
      MemorySegment file) {
    this.blocks = requireNonNull(blocks, "blocks is null");
    this.nodes = requireNonNull(nodes, "nodes is null");
    this.refine = refine;
    this.vectors = requireNonNull(vectors, "vectors is null");
    this.file = requireNonNull(file, "file is null");
    int m = blocks.graph().m();
    this.scratches =
        new ScratchPool<>(() -> new Scratch(new CodeDistances(nodes), new WalkScratch(m)));
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
    ScoreRange range = ScoreRange.of(parameters, nodes.metric());
    OfferedNodes offered =
        new OfferedNodes(blocks.rows(), nodes.metric(), rows, rows, allowed, range);
    int cardinality = offered.cardinality();
    LinkGraph graph = blocks.graph();
    if (cardinality == 0 || graph.entry().isNone()) {
      return;
    }
    double ranked = Math.ceil(results.capacity() * refineK(parameters));
    int ef = CodedHnswIndexType.candidates(parameters, (int) Math.min(ranked, rows));
    int bound = Math.min(Math.max(ef, results.capacity()), cardinality);
    // Codes cannot tell for sure which rows are too near, so any of the candidates may be needed.
    int compared = range.hasInnerBound() ? bound : (int) Math.min(ranked, rows);
    if (cardinality <= OfferedWalk.cost(bound, graph.m(), cardinality, rows)
        || !walk(query.dense(), bound, compared, offered, results)) {
      ExactScan.search(vectors, 0, rows, nodes.metric(), query, parameters, allowed, results);
    }
  }

  private double refineK(IndexSearchParameters parameters) {
    return refine ? CodedHnswParameters.refineK(parameters) : 1;
  }

  /** Answers false, having offered nothing, if the walk turned out dearer than a scan. */
  private boolean walk(
      QueryVector.Dense query, int ef, int ranked, OfferedNodes offered, TopRows results) {
    Scratch scratch = scratches.acquire();
    try {
      CodeDistances distances = scratch.distances;
      distances.setQuery(query.values(), query.offset());
      WalkScratch walk = scratch.walk;
      if (!offered.isSelective()) {
        GraphWalk.nearest(blocks.graph(), distances, walk, ef);
      } else if (!GraphWalk.nearestOffered(
          blocks.graph(), distances, walk, ef, offered, offered.cardinality())) {
        return false;
      }
      rank(
          walk.pool(),
          ranked,
          new DenseComparison(vectors, nodes.metric(), query),
          offered,
          results);
      return true;
    } finally {
      scratches.release(scratch);
    }
  }

  private void rank(
      CandidatePool pool,
      int ranked,
      DenseComparison comparison,
      OfferedNodes offered,
      TopRows results) {
    int count = 0;
    for (int i = 0; i < pool.size() && count < ranked; i++) {
      if (offered.containsNode(pool.nodeAt(i))) {
        count++;
        int row = offered.row(pool.nodeAt(i));
        float score = comparison.score(vectors.blockOf(row), vectors.offsetInBlock(row));
        if (results.wouldKeep(score) && offered.acceptsScore(score)) {
          results.offer(row, score);
        }
      }
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

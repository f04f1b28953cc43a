package dev.sagitta.engine.index.compact;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.index.DenseComparison;
import dev.sagitta.engine.index.ExactScan;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.index.ScoreRange;
import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.index.graph.NativeMemory;
import dev.sagitta.engine.index.graph.OfferedNodes;
import dev.sagitta.engine.index.graph.ScratchPool;
import dev.sagitta.engine.schema.MetricType;
import java.util.Optional;

/**
 * One search, by the cheaper of two ways: a walk, or a scan of the offered rows. A walk that wants
 * {@code ef} of the {@code c} offered nodes among {@code n} takes about {@code ef * n / c} steps,
 * each as long as a few comparisons in a scan.
 */
final class CompactSearch {
  /** Comparisons of a scan that take as long as a step of a walk. */
  private static final int COMPARISONS_PER_STEP = 4;

  private final CompactGraph graph;
  private final DenseVectorColumn vectors;
  private final ScratchPool<CompactScratch> scratches;

  CompactSearch(CompactGraph graph, DenseVectorColumn vectors) {
    this.graph = requireNonNull(graph, "graph is null");
    this.vectors = requireNonNull(vectors, "vectors is null");
    this.scratches = new ScratchPool<>(() -> new CompactScratch(graph.code()));
  }

  /** Offers the nearest rows, see {@link dev.sagitta.engine.index.VectorIndex#search}. */
  void search(
      QueryVector query,
      int ef,
      IndexSearchParameters parameters,
      Optional<RowBitmap> allowed,
      TopRows results) {
    MetricType metric = graph.code().metric();
    int rowCount = vectors.rowCount();
    ScoreRange range = ScoreRange.of(parameters, metric);
    OfferedNodes offered =
        new OfferedNodes(graph.rows(), metric, rowCount, rowCount, allowed, range);
    int cardinality = offered.cardinality();
    if (cardinality == 0 || graph.nodeCount() == 0) {
      return;
    }
    int bound = Math.min(ef, cardinality);
    double steps = (double) bound * rowCount / cardinality;
    if (cardinality <= steps * COMPARISONS_PER_STEP
        || !walk(
            query.dense(), bound, cardinality / COMPARISONS_PER_STEP, offered, range, results)) {
      ExactScan.search(vectors, 0, rowCount, metric, query, parameters, allowed, results);
    }
  }

  /** Answers false, having offered nothing, if the walk turned out dearer than a scan. */
  private boolean walk(
      QueryVector.Dense query,
      int ef,
      int budget,
      OfferedNodes offered,
      ScoreRange range,
      TopRows results) {
    MetricType metric = graph.code().metric();
    DenseComparison comparison = new DenseComparison(vectors, metric, query);
    CompactScratch scratch = scratches.acquire();
    try {
      scratch.tables.setQuery(query.values(), query.offset(), !offered.isSelective());
      if (!offered.isSelective()) {
        CompactWalk.nearest(graph, scratch, ef);
      } else {
        // Estimates cannot tell which rows are too near for a range search.
        CompactWalk.NodeFilter filter =
            range.hasInnerBound()
                ? node -> offered.containsNode(node) && range.accepts(score(comparison, node))
                : offered::containsNode;
        if (!CompactWalk.nearestAccepted(graph, scratch, ef, filter, budget)) {
          return false;
        }
      }
      float distanceScale =
          switch (metric) {
            case L2 -> 1;
            case COSINE -> -2;
            default -> -1;
          };
      scratch.refinement.refine(scratch.pool, graph.nodes(), scratch.tables);
      scratch.ranking.rank(
          scratch.refinement, offered, vectors, comparison, distanceScale, results);
      return true;
    } finally {
      scratches.release(scratch);
    }
  }

  private float score(DenseComparison comparison, int node) {
    int row = graph.rows().row(node);
    return comparison.score(
        NativeMemory.ALL, vectors.blockOf(row).address() + vectors.offsetInBlock(row));
  }
}

package dev.sagitta.engine.index.hnsw;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.index.graph.CandidatePool;
import dev.sagitta.engine.index.graph.GraphWalk;
import dev.sagitta.engine.index.graph.LinkGraph;
import dev.sagitta.engine.index.graph.OfferedNodes;
import dev.sagitta.engine.index.graph.OfferedWalk;
import dev.sagitta.engine.index.graph.ScratchPool;
import dev.sagitta.engine.index.graph.WalkScratch;
import java.util.function.Supplier;

/**
 * One search, by the cheaper of two ways: a walk over the graph ({@link GraphWalk}, or {@link
 * OfferedWalk} if not all nodes are offered), or a scan of the offered rows. The rarer they are,
 * the dearer the walk and the cheaper the scan, so a filter of any selectivity costs at most what
 * it costs where the two meet. What a walk costs is estimated before, and limited while it goes.
 */
final class VectorSearch {
  private final LinkGraph graph;
  private final double scannedRowCost;
  private final ScratchPool<Scratch> scratches;

  private record Scratch(QueryDistances distances, WalkScratch walk, Ranking ranking) {}

  /** Compares all offered rows; called if that is cheaper than a walk. */
  interface Scan {
    void run();
  }

  /**
   * @param scannedRowCost what a row costs in a scan, compared with what a walk at random places
   *     costs for each distance
   */
  VectorSearch(
      LinkGraph graph, Supplier<? extends QueryDistances> distances, double scannedRowCost) {
    this.graph = requireNonNull(graph, "graph is null");
    this.scannedRowCost = scannedRowCost;
    this.scratches =
        new ScratchPool<>(
            () -> new Scratch(distances.get(), new WalkScratch(graph.m()), new Ranking()));
  }

  /**
   * Offers the nearest nodes.
   *
   * @param nodeCount nodes inserted so far
   * @param ef how many nodes the walk keeps
   */
  void search(
      float[] query,
      int queryOffset,
      int ef,
      int nodeCount,
      OfferedNodes offered,
      TopRows results,
      Scan scan) {
    int cardinality = offered.cardinality();
    if (cardinality == 0 || graph.entry().isNone()) {
      return;
    }
    int bound = Math.min(ef, cardinality);
    double scanCost = scannedRowCost * cardinality;
    if (scanCost <= OfferedWalk.cost(bound, graph.m(), cardinality, nodeCount)
        || !walk(query, queryOffset, bound, nodeCount, scanCost, offered, results)) {
      scan.run();
    }
  }

  /** Answers false, having offered nothing, if the walk turned out dearer than a scan. */
  private boolean walk(
      float[] query,
      int queryOffset,
      int ef,
      int nodeCount,
      double scanCost,
      OfferedNodes offered,
      TopRows results) {
    Scratch scratch = scratches.acquire();
    try {
      QueryDistances distances = scratch.distances;
      // A bound on the near side is no matter of ranking: the walk has to know on which side it is.
      distances.setQuery(query, queryOffset, offered.hasInnerBound());
      WalkScratch walk = scratch.walk;
      if (!offered.isSelective()) {
        GraphWalk.nearest(graph, distances, walk, ef);
      } else {
        boolean stepsOver = OfferedWalk.stepsOver(offered.cardinality(), nodeCount);
        if (!OfferedWalk.nearest(graph, distances, walk, ef, offered, stepsOver, scanCost)) {
          return false;
        }
      }
      if (distances.isExact()) {
        offerAll(walk.pool(), offered, results);
      } else {
        scratch.ranking.offerNearest(walk.pool(), distances, offered, results);
      }
      return true;
    } finally {
      scratches.release(scratch);
    }
  }

  private static void offerAll(CandidatePool pool, OfferedNodes offered, TopRows results) {
    int offeredCount = 0;
    for (int i = 0; i < pool.size() && offeredCount < results.capacity(); i++) {
      // Nodes that were inserted meanwhile are walked through, but not offered.
      if (offered.containsNode(pool.nodeAt(i))) {
        offeredCount++;
        float score = offered.score(pool.distanceAt(i));
        if (results.wouldKeep(score) && offered.acceptsScore(score)) {
          results.offer(offered.row(pool.nodeAt(i)), score);
        }
      }
    }
  }
}

package dev.sagitta.engine.index.hnsw;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.index.graph.CandidatePool;
import dev.sagitta.engine.index.graph.GraphWalk;
import dev.sagitta.engine.index.graph.LinkGraph;
import dev.sagitta.engine.index.graph.OfferedNodes;
import dev.sagitta.engine.index.graph.ScratchPool;
import dev.sagitta.engine.index.graph.WalkScratch;

/**
 * One search, by the cheaper of two ways. A walk that wants {@code ef} of the {@code c} offered
 * nodes among {@code n} computes about {@code ef * m * n / c} distances at random places, a scan
 * {@code c} of them in order. The estimate counts neighbours that were met before, which makes up
 * for the slower access. The rarer the offered nodes, the dearer the walk and the cheaper the scan,
 * so a filter of any selectivity costs at most what it costs where the two meet.
 */
final class VectorSearch {
  private final LinkGraph graph;
  private final ScratchPool<Scratch> scratches;

  private record Scratch(VectorDistances distances, WalkScratch walk) {}

  /** Compares all offered rows; called if that is cheaper than a walk. */
  interface Scan {
    void run();
  }

  VectorSearch(LinkGraph graph, VectorNodes nodes) {
    this.graph = requireNonNull(graph, "graph is null");
    this.scratches =
        new ScratchPool<>(
            () -> new Scratch(new VectorDistances(nodes), new WalkScratch(graph.m())));
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
    double walkDistances = (double) bound * graph.m() * nodeCount / cardinality;
    if (cardinality <= walkDistances
        || !walk(query, queryOffset, bound, cardinality, offered, results)) {
      scan.run();
    }
  }

  /** Answers false, having offered nothing, if the walk turned out dearer than a scan. */
  private boolean walk(
      float[] query,
      int queryOffset,
      int ef,
      int cardinality,
      OfferedNodes offered,
      TopRows results) {
    Scratch scratch = scratches.acquire();
    try {
      VectorDistances distances = scratch.distances;
      distances.setQuery(query, queryOffset);
      WalkScratch walk = scratch.walk;
      if (!offered.isSelective()) {
        GraphWalk.nearest(graph, distances, walk, ef);
      } else if (!GraphWalk.nearestOffered(graph, distances, walk, ef, offered, cardinality)) {
        return false;
      }
      CandidatePool pool = walk.pool();
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
      return true;
    } finally {
      scratches.release(scratch);
    }
  }
}

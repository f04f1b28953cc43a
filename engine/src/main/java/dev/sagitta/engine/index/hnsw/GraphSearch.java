package dev.sagitta.engine.index.hnsw;

import dev.sagitta.engine.index.TopRows;

/**
 * One search, by the cheaper of two ways. A walk that wants {@code ef} of the {@code c} offered
 * nodes among {@code n} computes about {@code ef * m * n / c} distances at random places, a scan
 * {@code c} of them in order. The estimate counts neighbours that were met before, which makes up
 * for the slower access. The rarer the offered nodes, the dearer the walk and the cheaper the scan,
 * so a filter of any selectivity costs at most what it costs where the two meet.
 */
final class GraphSearch {
  private final HnswGraph graph;
  private final ScratchPool scratches;

  GraphSearch(HnswGraph graph) {
    this.graph = graph;
    this.scratches = new ScratchPool(graph.paddedDimension(), graph.m());
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
      TopRows results) {
    int cardinality = offered.cardinality();
    GraphEntry entry = graph.entry();
    if (cardinality == 0 || entry.isNone()) {
      return;
    }
    SearchScratch scratch = scratches.acquire();
    try {
      graph.prepare(query, queryOffset, scratch.query);
      int bound = Math.min(ef, cardinality);
      double walkDistances = (double) bound * graph.m() * nodeCount / cardinality;
      if (cardinality <= walkDistances
          || !walk(scratch, entry, bound, nodeCount, cardinality, offered, results)) {
        scan(scratch, offered, results);
      }
    } finally {
      scratches.release(scratch);
    }
  }

  /** Answers false, having offered nothing, if the walk turned out dearer than a scan. */
  private boolean walk(
      SearchScratch scratch,
      GraphEntry entry,
      int ef,
      int nodeCount,
      int cardinality,
      OfferedNodes offered,
      TopRows results) {
    scratch.nodeLimit = graph.capacity();
    scratch.pool.reset(ef);
    long start = GraphWalk.descend(graph, scratch, entry, 0);
    if (offered.isSelective(nodeCount)) {
      if (!GraphWalk.nearestOffered(graph, scratch, start, offered, cardinality)) {
        return false;
      }
    } else {
      GraphWalk.nearestOnLevel(graph, scratch, start, 0);
    }
    CandidatePool pool = scratch.pool;
    int end = Math.min(pool.size(), results.capacity());
    for (int i = 0; i < end; i++) {
      offer(pool.nodeAt(i), pool.distanceAt(i), offered, results);
    }
    return true;
  }

  private void scan(SearchScratch scratch, OfferedNodes offered, TopRows results) {
    int[] nodes = scratch.found;
    int count = 0;
    for (int node = offered.next(0); node >= 0; node = offered.next(node + 1)) {
      if (graph.isAbsent(node)) {
        continue;
      }
      nodes[count++] = node;
      if (count == SearchScratch.GROUP) {
        offerGroup(scratch, count, offered, results);
        count = 0;
      }
    }
    if (count > 0) {
      scratch.fillLastGroup(count);
      offerGroup(scratch, count, offered, results);
    }
  }

  private void offerGroup(SearchScratch scratch, int count, OfferedNodes offered, TopRows results) {
    graph.distances(scratch.query, scratch.found, 0, scratch.distances);
    for (int i = 0; i < count; i++) {
      offer(scratch.found[i], scratch.distances[i], offered, results);
    }
  }

  private void offer(int node, float distance, OfferedNodes offered, TopRows results) {
    float score = graph.score(distance);
    if (results.wouldKeep(score) && offered.acceptsScore(score)) {
      results.offer(node, score);
    }
  }
}

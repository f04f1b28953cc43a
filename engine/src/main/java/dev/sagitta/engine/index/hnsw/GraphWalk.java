package dev.sagitta.engine.index.hnsw;

import java.lang.invoke.VarHandle;

/** The two walks of the paper: greedy through the upper levels, best first within one level. */
final class GraphWalk {
  private GraphWalk() {}

  /**
   * Walks from the node towards the scratch's query on each level above {@code targetLevel}, as
   * long as a neighbour is nearer (the paper's algorithm 2 with ef = 1).
   *
   * @return the nearest node met, with its distance
   */
  static long descend(HnswGraph graph, SearchScratch scratch, GraphEntry entry, int targetLevel) {
    long nearest = Candidate.of(graph.distance(scratch.query, entry.node()), entry.node());
    for (int level = entry.level(); level > targetLevel; level--) {
      long before;
      do {
        before = nearest;
        int count = readLinks(graph, scratch, Candidate.node(before), level);
        for (int from = 0; from < count; from += SearchScratch.GROUP) {
          graph.distances(scratch.query, scratch.found, from, scratch.distances);
          for (int i = 0; i < SearchScratch.GROUP; i++) {
            long candidate = Candidate.of(scratch.distances[i], scratch.found[from + i]);
            nearest = Math.min(nearest, candidate);
          }
        }
      } while (nearest < before);
    }
    return nearest;
  }

  /**
   * Fills the scratch's pool, of the bound it was reset to, with the nodes of the level that are
   * nearest to the query (the paper's algorithm 2). Candidates and results share the one sorted
   * pool: the walk ends when the neighbours of all its nodes have been looked at.
   */
  static void nearestOnLevel(HnswGraph graph, SearchScratch scratch, long start, int level) {
    CandidatePool pool = scratch.pool;
    scratch.visited.reset(scratch.nodeLimit);
    scratch.visited.visit(Candidate.node(start));
    pool.add(start);
    int[] found = scratch.found;
    float[] distances = scratch.distances;
    int node;
    while ((node = pool.expandNearest()) >= 0) {
      int count = readUnvisited(graph, scratch, node, level);
      for (int from = 0; from < count; from += SearchScratch.GROUP) {
        graph.distances(scratch.query, found, from, distances);
        int end = Math.min(SearchScratch.GROUP, count - from);
        for (int i = 0; i < end; i++) {
          long candidate = Candidate.of(distances[i], found[from + i]);
          if (pool.accepts(candidate)) {
            pool.add(candidate);
          }
        }
      }
    }
  }

  /** Puts the node's neighbours on the level to {@code scratch.found} and answers their number. */
  private static int readLinks(HnswGraph graph, SearchScratch scratch, int node, int level) {
    long list = graph.listAddress(node, level);
    if (list == 0) {
      return 0;
    }
    int links = linkCount(graph, list, level);
    int nodeLimit = scratch.nodeLimit;
    int[] found = scratch.found;
    int count = 0;
    for (int i = 0; i < links; i++) {
      int neighbour = NativeMemory.getInt(list + HnswGraph.LIST_HEADER_BYTES + 4L * i);
      if (Integer.compareUnsigned(neighbour, nodeLimit) < 0) {
        found[count++] = neighbour;
      }
    }
    // Pairs with the release that published the neighbours: their vectors are complete.
    VarHandle.acquireFence();
    scratch.fillLastGroup(count);
    return count;
  }

  /**
   * Like {@link #nearestOnLevel} on level 0, but only nodes that may be offered get into the pool;
   * the others are only walked through. The walk ends when the nearest candidate is farther than a
   * full pool's farthest.
   *
   * @param budget the most distances to compute
   * @return false if the budget was spent before the end, in which case the pool is incomplete
   */
  static boolean nearestOffered(
      HnswGraph graph, SearchScratch scratch, long start, OfferedNodes offered, long budget) {
    CandidatePool pool = scratch.pool;
    CandidateHeap heap = scratch.heap;
    heap.clear();
    heap.add(start);
    scratch.visited.reset(scratch.nodeLimit);
    scratch.visited.visit(Candidate.node(start));
    if (offered.contains(graph, start)) {
      pool.add(start);
    }
    long computed = 1;
    while (!heap.isEmpty()) {
      long nearest = heap.removeNearest();
      if (!pool.accepts(nearest)) {
        return true;
      }
      int count = readUnvisited(graph, scratch, Candidate.node(nearest), 0);
      computed += count;
      if (computed > budget) {
        return false;
      }
      for (int from = 0; from < count; from += SearchScratch.GROUP) {
        graph.distances(scratch.query, scratch.found, from, scratch.distances);
        int end = Math.min(SearchScratch.GROUP, count - from);
        for (int i = 0; i < end; i++) {
          long candidate = Candidate.of(scratch.distances[i], scratch.found[from + i]);
          if (pool.accepts(candidate)) {
            heap.add(candidate);
            if (offered.contains(graph, candidate)) {
              pool.add(candidate);
            }
          }
        }
      }
    }
    return true;
  }

  /** Like {@link #readLinks}, but marks neighbours as visited and leaves out those that were. */
  static int readUnvisited(HnswGraph graph, SearchScratch scratch, int node, int level) {
    int links = readLinks(graph, scratch, node, level);
    int[] found = scratch.found;
    int count = 0;
    for (int i = 0; i < links; i++) {
      int neighbour = found[i];
      if (scratch.visited.visit(neighbour)) {
        found[count++] = neighbour;
      }
    }
    scratch.fillLastGroup(count);
    return count;
  }

  static int linkCount(HnswGraph graph, long list, int level) {
    int count = NativeMemory.getIntAcquire(list);
    return Math.clamp(count, 0, graph.maximumLinks(level));
  }
}

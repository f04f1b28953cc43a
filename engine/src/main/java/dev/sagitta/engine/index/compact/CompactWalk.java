package dev.sagitta.engine.index.compact;

import dev.sagitta.engine.index.graph.CandidateHeap;

/**
 * Best-first walks by estimated distances. Instead of descending through levels they begin with the
 * nearest of a few hundred entry nodes, whose codes lie together: comparing these costs less than a
 * handful of steps.
 */
final class CompactWalk {
  /** Entry nodes that a walk begins with. */
  private static final int STARTS = 8;

  private static final NodeFilter ALL = node -> true;

  private CompactWalk() {}

  /** Decides which nodes get into the pool. */
  @FunctionalInterface
  interface NodeFilter {
    boolean accepts(int node);
  }

  /**
   * Fills the scratch's pool with the nodes that seem nearest to the query of its tables. The walk
   * ends when the neighbours of all nodes in the pool have been looked at. It takes a few of the
   * nearest at a time and loads all of their blocks at once: waiting for them one by one would take
   * most of its time.
   *
   * @param ef how many nodes the walk keeps
   */
  static void nearest(CompactGraph graph, CompactScratch scratch, int ef) {
    EstimatePool pool = scratch.pool;
    start(graph, scratch, ef);
    pool.keep(ef, ALL);
    scratch.seen.reset(ef);
    NodeBlocks nodes = graph.nodes();
    int groups = nodes.groupsPerNode();
    int[] batch = scratch.batch;
    int count;
    while ((count = pool.expandNearest(batch)) > 0) {
      int sum = 0;
      for (int i = 0; i < count; i++) {
        sum += nodes.touch(batch[i]);
      }
      scratch.touched += sum;
      for (int i = 0; i < count; i++) {
        for (int number = 0; number < groups; number++) {
          offerUnseen(graph, scratch, nodes.group(batch[i], number));
        }
      }
    }
  }

  /** Fills the pool with the nearest entry nodes. */
  private static void start(CompactGraph graph, CompactScratch scratch, int ef) {
    scratch.pool.reset(Math.min(STARTS, ef));
    scratch.seen.reset(ef);
    for (int group = 0; group < graph.entryGroups(); group++) {
      offerUnseen(graph, scratch, graph.entries().group(group, 0));
    }
  }

  private static void offerUnseen(CompactGraph graph, CompactScratch scratch, long group) {
    EstimatePool pool = scratch.pool;
    SeenNodes seen = scratch.seen;
    short[] sums = scratch.sums;
    int nodeCount = graph.nodeCount();
    int near = NodeBlocks.scan(scratch.tables, group, pool.limit(), sums);
    while (near != 0) {
      int slot = Integer.numberOfTrailingZeros(near);
      near &= near - 1;
      int node = NodeBlocks.node(group, slot);
      // Leaves out slots without a node, and what a damaged file may hold.
      if (Integer.compareUnsigned(node, nodeCount) < 0 && seen.isNew(node)) {
        pool.add(EstimatePool.candidate(sums[slot] & EstimatePool.ESTIMATE_MAX, node));
      }
    }
  }

  /**
   * Like {@link #nearest}, but only nodes that the filter accepts get into the pool; the others are
   * only walked through. The walk ends when the nearest candidate seems farther than a full pool's
   * farthest.
   *
   * @param budget the most nodes whose neighbours are looked at
   * @return false if the budget was spent before the end, in which case the pool is incomplete
   */
  static boolean nearestAccepted(
      CompactGraph graph, CompactScratch scratch, int ef, NodeFilter filter, int budget) {
    EstimatePool pool = scratch.pool;
    CandidateHeap heap = scratch.heap;
    start(graph, scratch, ef);
    heap.clear();
    scratch.visited.reset(graph.nodeCount());
    int starts = pool.size();
    for (int i = 0; i < starts; i++) {
      scratch.visited.visit(pool.nodeAt(i));
      heap.add(EstimatePool.candidate(pool.estimateAt(i), pool.nodeAt(i)));
    }
    pool.keep(ef, filter);
    int expanded = 0;
    while (!heap.isEmpty()) {
      long nearest = heap.removeNearest();
      if (EstimatePool.estimate(nearest) > pool.limit()) {
        return true;
      }
      if (++expanded > budget) {
        return false;
      }
      offerUnvisited(graph, scratch, EstimatePool.node(nearest), filter);
    }
    return true;
  }

  private static void offerUnvisited(
      CompactGraph graph, CompactScratch scratch, int node, NodeFilter filter) {
    EstimatePool pool = scratch.pool;
    short[] sums = scratch.sums;
    NodeBlocks nodes = graph.nodes();
    int nodeCount = graph.nodeCount();
    for (int number = 0; number < nodes.groupsPerNode(); number++) {
      long group = nodes.group(node, number);
      int near = NodeBlocks.scan(scratch.tables, group, pool.limit(), sums);
      while (near != 0) {
        int slot = Integer.numberOfTrailingZeros(near);
        near &= near - 1;
        int neighbour = NodeBlocks.node(group, slot);
        if (Integer.compareUnsigned(neighbour, nodeCount) < 0 && scratch.visited.visit(neighbour)) {
          long candidate =
              EstimatePool.candidate(sums[slot] & EstimatePool.ESTIMATE_MAX, neighbour);
          scratch.heap.add(candidate);
          if (filter.accepts(neighbour)) {
            pool.add(candidate);
          }
        }
      }
    }
  }
}

package dev.sagitta.engine.index.graph;

import java.lang.invoke.VarHandle;

/**
 * The walk on level 0 that keeps only nodes which may be offered. How it treats the others depends
 * on how many they are:
 *
 * <ul>
 *   <li>Few: they are compared and walked through like any node, only not kept.
 *   <li>Many: they are not compared, but stepped over to their neighbours, so that the walk goes
 *       from offered node to offered node. That is the search over a graph thinned by a predicate
 *       of Patel, Kraft, Guestrin and Zaharia, "ACORN: Performant and Predicate-Agnostic Search
 *       Over Vector Embeddings and Structured Data", SIGMOD 2024, in its form without a graph of
 *       its own (ACORN-1). Unlike there the walk looks no further once a step has met enough, and
 *       where two steps meet hardly any offered node, as happens when the filter and the query's
 *       surroundings have little in common, it walks through the others after all.
 * </ul>
 */
public final class OfferedWalk {
  /** Stepping over pays off when fewer than this share of the nodes may be offered. */
  private static final double SHARE_MAX = 0.5;

  /** What reading a list costs, compared with a distance. */
  private static final double LIST_COST = 0.5;

  private final LinkGraph graph;
  private final NodeDistances distances;
  private final WalkScratch scratch;
  private final OfferedNodes offered;
  private final boolean stepsOver;
  private final int enough;
  private final int hardlyAny;
  private double cost;

  private OfferedWalk(
      LinkGraph graph,
      NodeDistances distances,
      WalkScratch scratch,
      OfferedNodes offered,
      boolean stepsOver) {
    this.graph = graph;
    this.distances = distances;
    this.scratch = scratch;
    this.offered = offered;
    this.stepsOver = stepsOver;
    this.enough = graph.m();
    this.hardlyAny = Math.max(1, graph.m() / 8);
  }

  /** Whether a walk steps over nodes that may not be offered. */
  public static boolean stepsOver(int cardinality, int nodeCount) {
    return cardinality < SHARE_MAX * nodeCount;
  }

  /**
   * Fills the scratch's pool with the offered nodes that are nearest to the base. The walk ends
   * when the nearest candidate is farther than a full pool's farthest.
   *
   * @param ef how many nodes the walk keeps
   * @param stepsOver see {@link #stepsOver(int, int)}
   * @param budget the most to do, in distances
   * @return false if the budget was spent before the end, in which case the pool is incomplete
   */
  public static boolean nearest(
      LinkGraph graph,
      NodeDistances distances,
      WalkScratch scratch,
      int ef,
      OfferedNodes offered,
      boolean stepsOver,
      double budget) {
    scratch.pool.reset(ef);
    GraphEntry entry = graph.entry();
    if (entry.isNone()) {
      return true;
    }
    scratch.nodeLimit = graph.capacity();
    long start = GraphWalk.descend(graph, distances, scratch, entry, 0);
    return new OfferedWalk(graph, distances, scratch, offered, stepsOver).run(start, budget);
  }

  private boolean run(long start, double budget) {
    CandidatePool pool = scratch.pool;
    CandidateHeap heap = scratch.heap;
    heap.clear();
    heap.add(start);
    scratch.visited.reset(scratch.nodeLimit);
    scratch.visited.visit(Candidate.node(start));
    if (offered.contains(start)) {
      pool.add(start);
    }
    while (!heap.isEmpty()) {
      long nearest = heap.removeNearest();
      if (!pool.accepts(nearest)) {
        return true;
      }
      step(Candidate.node(nearest));
      if (cost > budget) {
        return false;
      }
    }
    return true;
  }

  private void step(int node) {
    int passed = readNeighbours(node);
    int found = scratch.foundCount;
    if (stepsOver) {
      int read = 0;
      while (read < passed && found < enough) {
        found = readOfferedNeighbours(scratch.passed[read], found);
        read++;
      }
      cost += LIST_COST * read;
    }
    VarHandle.acquireFence();
    addAll(scratch.found, found, true);
    if (passed > 0 && (!stepsOver || found < hardlyAny)) {
      addAll(scratch.passed, passed, false);
    }
  }

  /** Compares nodes and adds them to the heap, and to the pool if they may be kept. */
  private void addAll(int[] nodes, int count, boolean kept) {
    if (count == 0) {
      return;
    }
    cost += count;
    CandidatePool pool = scratch.pool;
    WalkScratch.fillLastGroup(nodes, count);
    distances.compute(nodes, count, scratch.distances);
    for (int i = 0; i < count; i++) {
      long candidate = Candidate.of(scratch.distances[i], nodes[i]);
      if (pool.accepts(candidate)) {
        scratch.heap.add(candidate);
        if (kept && offered.contains(candidate)) {
          pool.add(candidate);
        }
      }
    }
  }

  /**
   * Marks the node's unvisited neighbours and puts those that may be offered to {@code found}, the
   * others to {@code passed}.
   *
   * @return how many may not be offered
   */
  private int readNeighbours(int node) {
    long list = graph.linksAddress(node);
    int maximum = graph.maximumLinks(0);
    int found = 0;
    int passed = 0;
    for (int i = 0; i < maximum; i++) {
      int neighbour = NativeMemory.getInt(list + 4L * i);
      if (neighbour == LinkGraph.END) {
        break;
      }
      if (Integer.compareUnsigned(neighbour, scratch.nodeLimit) < 0
          && scratch.visited.visit(neighbour)) {
        if (offered.containsNode(neighbour)) {
          scratch.found[found++] = neighbour;
        } else {
          scratch.passed[passed++] = neighbour;
        }
      }
    }
    scratch.foundCount = found;
    return passed;
  }

  /** Marks the node's unvisited neighbours that may be offered and adds them to {@code found}. */
  private int readOfferedNeighbours(int node, int count) {
    long list = graph.linksAddress(node);
    int maximum = graph.maximumLinks(0);
    int found = count;
    for (int i = 0; i < maximum; i++) {
      int neighbour = NativeMemory.getInt(list + 4L * i);
      if (neighbour == LinkGraph.END) {
        break;
      }
      if (Integer.compareUnsigned(neighbour, scratch.nodeLimit) < 0
          && offered.containsNode(neighbour)
          && scratch.visited.visit(neighbour)) {
        scratch.found[found++] = neighbour;
      }
    }
    return found;
  }
}

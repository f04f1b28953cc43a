package dev.sagitta.engine.index.graph;

import java.lang.invoke.VarHandle;

/** The two walks of the paper: greedy through the upper levels, best first within one level. */
public final class GraphWalk {
  private GraphWalk() {}

  /**
   * Fills the scratch's pool with the nodes that are nearest to the base of {@code distances}, as
   * far as a walk over all levels finds them.
   *
   * @param ef how many nodes the walk keeps
   */
  public static void nearest(
      LinkGraph graph, NodeDistances distances, WalkScratch scratch, int ef) {
    scratch.pool.reset(ef);
    GraphEntry entry = graph.entry();
    if (!entry.isNone()) {
      scratch.nodeLimit = graph.capacity();
      long start = descend(graph, distances, scratch, entry, 0);
      nearestOnLevel(graph, distances, scratch, start, 0);
    }
  }

  /**
   * Like {@link #nearest}, but only nodes that may be offered get into the pool, by an {@link
   * OfferedWalk} in the form that suits their number.
   *
   * @param budget the most to do, in distances
   * @return false if the budget was spent before the end, in which case the pool is incomplete
   */
  public static boolean nearestOffered(
      LinkGraph graph,
      NodeDistances distances,
      WalkScratch scratch,
      int ef,
      OfferedNodes offered,
      double budget) {
    boolean stepsOver = OfferedWalk.stepsOver(offered.cardinality(), graph.capacity());
    return OfferedWalk.nearest(graph, distances, scratch, ef, offered, stepsOver, budget);
  }

  /**
   * Walks from the entry towards the base on each level above {@code targetLevel}, as long as a
   * neighbour is nearer (the paper's algorithm 2 with ef = 1).
   *
   * @return the nearest node met, with its distance
   */
  static long descend(
      LinkGraph graph,
      NodeDistances distances,
      WalkScratch scratch,
      GraphEntry entry,
      int targetLevel) {
    int[] found = scratch.found;
    found[0] = entry.node();
    scratch.fillLastGroup(1);
    distances.compute(found, 1, scratch.distances);
    long nearest = Candidate.of(scratch.distances[0], entry.node());
    for (int level = entry.level(); level > targetLevel; level--) {
      long before;
      do {
        before = nearest;
        int count = readLinks(graph, scratch, Candidate.node(before), level);
        distances.compute(found, count, scratch.distances);
        for (int i = 0; i < count; i++) {
          nearest = Math.min(nearest, Candidate.of(scratch.distances[i], found[i]));
        }
      } while (nearest < before);
    }
    return nearest;
  }

  /**
   * Fills the scratch's pool, of the bound it was reset to, with the nodes of the level that are
   * nearest to the base (the paper's algorithm 2). Candidates and results share the one sorted
   * pool: the walk ends when the neighbours of all its nodes have been looked at. Unlike the paper
   * it looks at those of the two nearest in one step, which hardly costs distances, since both
   * mostly stay among the nearest, and lets the processor wait for twice as many loads at a time.
   */
  static void nearestOnLevel(
      LinkGraph graph, NodeDistances distances, WalkScratch scratch, long start, int level) {
    CandidatePool pool = scratch.pool;
    scratch.visited.reset(scratch.nodeLimit);
    scratch.visited.visit(Candidate.node(start));
    pool.add(start);
    int node;
    while ((node = pool.expandNearest()) >= 0) {
      int count = readUnvisited(graph, scratch, node, level, 0);
      int second = pool.expandNearest();
      if (second >= 0) {
        count = readUnvisited(graph, scratch, second, level, count);
      }
      // Pairs with the release that published the neighbours: their vectors are complete.
      VarHandle.acquireFence();
      scratch.fillLastGroup(count);
      distances.compute(scratch.found, count, scratch.distances);
      pool.addAll(scratch.found, scratch.distances, count);
    }
  }

  /** Puts the node's neighbours on the level to {@code scratch.found} and answers their number. */
  private static int readLinks(LinkGraph graph, WalkScratch scratch, int node, int level) {
    long list = graph.listAddress(node, level);
    if (list == 0) {
      return 0;
    }
    int maximum = graph.maximumLinks(level);
    int nodeLimit = scratch.nodeLimit;
    int[] found = scratch.found;
    int count = 0;
    for (int i = 0; i < maximum; i++) {
      int neighbour = NativeMemory.getInt(list + 4L * i);
      if (neighbour == LinkGraph.END) {
        break;
      }
      if (Integer.compareUnsigned(neighbour, nodeLimit) < 0) {
        found[count++] = neighbour;
      }
    }
    VarHandle.acquireFence();
    scratch.fillLastGroup(count);
    return count;
  }

  /**
   * Puts those of the node's neighbours that were not visited to {@code scratch.found} from {@code
   * count} on, marks them as visited, and answers the new count.
   */
  private static int readUnvisited(
      LinkGraph graph, WalkScratch scratch, int node, int level, int count) {
    long list = graph.listAddress(node, level);
    if (list == 0) {
      return count;
    }
    int maximum = graph.maximumLinks(level);
    int[] found = scratch.found;
    VisitedNodes visited = scratch.visited;
    int end = count;
    for (int i = 0; i < maximum; i++) {
      // The end marker is no node either.
      end = visited.visit(NativeMemory.getInt(list + 4L * i), found, end);
    }
    return end;
  }
}

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
 *       its own (ACORN-1).
 * </ul>
 *
 * <p>Unlike the paper's, a step looks no further once it has met enough. The walk also begins at a
 * sample of the offered nodes, because the filter and the query's surroundings may have nothing in
 * common; without the sample it would have to walk through all nodes that lie between. Where the
 * offered nodes lie so thinly that two steps from one of them meet hardly any other, it walks
 * through the nodes around that one after all.
 */
public final class OfferedWalk {
  /** Stepping over pays off when fewer than this share of the nodes may be offered. */
  private static final double SHARE_MAX = 0.7;

  /** Sampled nodes where a walk begins, and begins anew when it came to an end too early. */
  private static final int SAMPLE = 64;

  /** What reading a list costs, compared with a distance. */
  private static final double LIST_COST = 0.5;

  /** Lists that a step loads at once, before it reads them one after the other. */
  private static final int LISTS_AHEAD = 8;

  /** What it costs to find out whether a node may be offered, compared with a distance. */
  private static final double TEST_COST = 0.02;

  private final LinkGraph graph;
  private final NodeDistances distances;
  private final WalkScratch scratch;
  private final OfferedNodes offered;
  private final boolean stepsOver;
  private final int enough;
  private final int hardlyAny;
  private double cost;

  // Written so that the compiler does not leave out the early loads whose sum it is.
  @SuppressWarnings("UnusedVariable")
  private int loaded;

  private int nextSampled;

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
    this.enough = enough(graph.m());
    this.hardlyAny = Math.max(1, graph.m() / 8);
  }

  /** Whether a walk steps over nodes that may not be offered. */
  public static boolean stepsOver(int cardinality, int nodeCount) {
    return cardinality < SHARE_MAX * nodeCount;
  }

  /** Offered nodes after which a step looks no further: more find more, but cost distances. */
  private static int enough(int m) {
    return m + m / 2;
  }

  /**
   * What a walk costs about, in distances. The thinner the offered nodes lie, the more of the
   * others it has to walk through.
   *
   * @param ef how many nodes the walk keeps
   * @param m links of the graph
   * @param cardinality how many nodes may be offered
   */
  public static double cost(int ef, int m, int cardinality, int nodeCount) {
    if (!stepsOver(cardinality, nodeCount)) {
      return (double) ef * m * nodeCount / cardinality;
    }
    double withinTwoSteps = 4.0 * m * m * cardinality / nodeCount;
    return 2 * SAMPLE + 1.5 * (1 + enough(m) / withinTwoSteps) * ef * m;
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
    if (stepsOver) {
      addSample();
    }
    do {
      walk(budget);
      // Where no way leads on too early, offered nodes that were not met lie elsewhere.
    } while (cost <= budget && !pool.isFull() && addSample());
    return cost <= budget;
  }

  /** Goes from candidate to candidate until none is left that could lead to nearer nodes. */
  private void walk(double budget) {
    CandidatePool pool = scratch.pool;
    CandidateHeap heap = scratch.heap;
    while (cost <= budget && !heap.isEmpty()) {
      long nearest = heap.removeNearest();
      if (!pool.accepts(nearest)) {
        return;
      }
      step(Candidate.node(nearest));
    }
  }

  /**
   * Adds the next offered nodes that were not met. The first nodes of a finished graph are those of
   * its upper levels, and so a random sample.
   *
   * @return whether there were any
   */
  private boolean addSample() {
    int[] nodes = scratch.found;
    int first = nextSampled;
    int sampled = 0;
    int count = 0;
    while (nextSampled < scratch.nodeLimit && sampled < SAMPLE) {
      int node = nextSampled++;
      if (offered.containsNode(node) && !graph.isSkipped(node) && scratch.visited.visit(node)) {
        nodes[count++] = node;
        sampled++;
        if (count == graph.m()) {
          addAll(nodes, count, true);
          count = 0;
        }
      }
    }
    addAll(nodes, count, true);
    cost += TEST_COST * (nextSampled - first);
    return sampled > 0;
  }

  private void step(int node) {
    int passed = readNeighbours(node);
    int found = scratch.foundCount;
    if (stepsOver) {
      int read = 0;
      loadLists(scratch.passed, Math.min(passed, LISTS_AHEAD));
      while (read < passed && found < enough) {
        found = readOfferedNeighbours(scratch.passed[read], found);
        read++;
      }
      cost += LIST_COST * read;
    }
    VarHandle.acquireFence();
    addAll(scratch.found, found, true);
    if (!stepsOver || (found < hardlyAny && offered.containsNode(node))) {
      addAll(scratch.passed, passed, false);
    }
  }

  private void loadLists(int[] nodes, int count) {
    int sum = 0;
    for (int i = 0; i < count; i++) {
      sum += NativeMemory.getInt(graph.linksAddress(nodes[i]));
    }
    loaded = sum;
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
    int end = count;
    for (int i = 0; i < maximum; i++) {
      int neighbour = NativeMemory.getInt(list + 4L * i);
      if (Integer.compareUnsigned(neighbour, scratch.nodeLimit) >= 0) {
        break;
      }
      end = scratch.visited.visitWanted(neighbour, offered.bit(neighbour), scratch.found, end);
    }
    return end;
  }
}

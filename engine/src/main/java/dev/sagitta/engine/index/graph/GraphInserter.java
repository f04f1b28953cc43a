package dev.sagitta.engine.index.graph;

import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Inserts nodes into a graph (the paper's algorithm 1). Each thread has an inserter of its own; all
 * inserters of a graph share its locks. Searches may run meanwhile.
 */
public final class GraphInserter {
  private final LinkGraph graph;
  private final PairDistances walking;
  private final PairDistances selecting;
  private final GraphLocks locks;
  private final int efConstruction;
  private final WalkScratch scratch;
  private final NeighbourSelection[] selections;
  private final NeighbourSelection shrinking;
  private final int[] linked;
  private final float[] distances;
  private final long[] links;
  private long[] candidates;

  /**
   * @param distances makes the means to compare nodes; those of one inserter are used by one thread
   * @param efConstruction candidates that an insert looks at
   */
  public GraphInserter(
      LinkGraph graph,
      Supplier<? extends PairDistances> distances,
      GraphLocks locks,
      int efConstruction) {
    this.graph = graph;
    this.walking = distances.get();
    this.selecting = distances.get();
    this.locks = locks;
    // Fewer candidates than links could not fill a list.
    this.efConstruction = Math.max(efConstruction, graph.m());
    int linksMax = graph.maximumLinks(0);
    this.scratch = new WalkScratch(graph.m());
    this.selections = new NeighbourSelection[GraphEntry.LEVEL_MAX + 1];
    this.shrinking = new NeighbourSelection(selecting, linksMax);
    this.linked = new int[linksMax + 1 + NodeDistances.GROUP];
    this.distances = new float[linked.length];
    this.links = new long[linksMax + 1];
    this.candidates = new long[64];
  }

  /**
   * Inserts a node whose vector can be compared already and that has empty lists on all levels up
   * to the given one.
   */
  public void insert(int node, int level) {
    // Whoever sees a link to the node must see its vector.
    VarHandle.releaseFence();
    walking.setBase(node);
    GraphEntry entry = graph.entry();
    if (level <= entry.level()) {
      link(node, level, entry);
    } else {
      insertEntry(node, level);
    }
  }

  /** One at a time, since two nodes that both become the entry would not be linked. */
  private void insertEntry(int node, int level) {
    synchronized (locks.ofEntry()) {
      GraphEntry entry = graph.entry();
      if (!entry.isNone()) {
        link(node, level, entry);
      }
      if (level > entry.level()) {
        graph.setEntry(new GraphEntry(node, level));
      }
    }
  }

  /**
   * Chooses the neighbours on all levels and writes them to the node's own lists before any other
   * node links to it: a walk that comes by on an upper level must find the way on below.
   */
  private void link(int node, int level, GraphEntry entry) {
    scratch.nodeLimit = graph.capacity();
    float selfDistance = selfDistance(node);
    int top = Math.min(level, entry.level());
    long start = GraphWalk.descend(graph, walking, scratch, entry, level);
    for (int at = top; at >= 0; at--) {
      scratch.pool.reset(efConstruction);
      GraphWalk.nearestOnLevel(graph, walking, scratch, start, at);
      int size = copyCandidates(node);
      if (size > 0) {
        start = candidates[0];
      }
      if (selections[at] == null) {
        selections[at] = new NeighbourSelection(selecting, graph.maximumLinks(0));
      }
      selections[at].select(candidates, size, selfDistance, graph.m());
      writeList(graph.listAddress(node, at), graph.maximumLinks(at), selections[at]);
    }
    for (int at = 0; at <= top; at++) {
      NeighbourSelection neighbours = selections[at];
      for (int i = 0; i < neighbours.count(); i++) {
        addLink(neighbours.get(i), node, at);
      }
    }
  }

  private int copyCandidates(int self) {
    CandidatePool pool = scratch.pool;
    int size = pool.size();
    if (size > candidates.length) {
      candidates = new long[size];
    }
    int count = 0;
    for (int i = 0; i < size; i++) {
      if (pool.nodeAt(i) != self) {
        candidates[count++] = Candidate.fresh(pool.get(i));
      }
    }
    return count;
  }

  private static void writeList(long list, int maximum, NeighbourSelection neighbours) {
    int count = neighbours.count();
    for (int i = 0; i < maximum; i++) {
      NativeMemory.setInt(list + 4L * i, i < count ? neighbours.get(i) : LinkGraph.END);
    }
  }

  private void addLink(int from, int to, int level) {
    synchronized (locks.ofNode(from)) {
      long list = graph.listAddress(from, level);
      int maximum = graph.maximumLinks(level);
      int count = 0;
      while (count < maximum) {
        int neighbour = NativeMemory.getInt(list + 4L * count);
        if (neighbour == LinkGraph.END) {
          break;
        }
        // Two nodes inserted at the same time may choose each other.
        if (neighbour == to) {
          return;
        }
        linked[count++] = neighbour;
      }
      if (count < maximum) {
        VarHandle.releaseFence();
        NativeMemory.setInt(list + 4L * count, to);
      } else {
        shrink(from, to, list, count);
      }
    }
  }

  /** Replaces a full list by a selection of its links and the new one. */
  private void shrink(int from, int to, long list, int count) {
    int size = count + 1;
    linked[count] = to;
    compareLinked(from, size);
    for (int i = 0; i < size; i++) {
      links[i] = Candidate.of(distances[i], linked[i]);
    }
    Arrays.sort(links, 0, size);
    shrinking.select(links, size, selfDistance(from), count);
    writeList(list, count, shrinking);
  }

  /** Computed by the means that compute the candidates' distances, so that equals are equal. */
  private float selfDistance(int node) {
    linked[0] = node;
    compareLinked(node, 1);
    return distances[0];
  }

  private void compareLinked(int base, int size) {
    for (int i = size; i % NodeDistances.GROUP != 0; i++) {
      linked[i] = linked[size - 1];
    }
    selecting.setBase(base);
    selecting.compute(linked, size, distances);
  }
}

package dev.sagitta.engine.index.hnsw;

import dev.sagitta.engine.schema.MetricType;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * Inserts nodes into a graph (the paper's algorithm 1). Each thread has an inserter of its own; all
 * inserters of a graph share its locks and its allocator. Searches may run meanwhile.
 */
final class GraphInserter {
  private final HnswGraph graph;
  private final GraphLocks locks;
  private final UpperListAllocator upperLists;
  private final int efConstruction;
  private final SearchScratch scratch;
  private final NeighbourSelection[] selections;
  private final NeighbourSelection shrinking;
  private final long[] links;
  private final float[] linked;
  private final int[] group = new int[SearchScratch.GROUP];
  private final float[] distances = new float[SearchScratch.GROUP];
  private long[] candidates;

  GraphInserter(
      HnswGraph graph, GraphLocks locks, UpperListAllocator upperLists, int efConstruction) {
    this.graph = graph;
    this.locks = locks;
    this.upperLists = upperLists;
    // Fewer candidates than links could not fill a list.
    this.efConstruction = Math.max(efConstruction, graph.m());
    this.scratch = new SearchScratch(graph.paddedDimension(), graph.m());
    this.selections = new NeighbourSelection[GraphEntry.LEVEL_MAX + 1];
    this.shrinking = new NeighbourSelection(graph);
    this.links = new long[graph.maximumLinks(0) + 1 + SearchScratch.GROUP];
    this.linked = new float[graph.paddedDimension()];
    this.candidates = new long[64];
  }

  /** Notes that the row has no vector; no search finds it. */
  void skip(int node) {
    graph.ensureCapacity(node + 1);
    NativeMemory.setInt(graph.linksAddress(node) + 4, HnswGraph.ABSENT);
  }

  /** Inserts the node with its vector, {@code dimension} floats from {@code offset} on. */
  void insert(int node, float[] vector, int offset) {
    graph.ensureCapacity(node + 1);
    graph.prepare(vector, offset, scratch.query);
    NativeMemory.setFloats(graph.vectorAddress(node), scratch.query, graph.paddedDimension());
    int level = levelOf(node, graph.m());
    NativeMemory.setInt(
        graph.linksAddress(node) + 4, level == 0 ? HnswGraph.NO_UPPER : upperLists.allocate(level));
    // Whoever sees a link to the node must see its vector.
    VarHandle.releaseFence();
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
    long start = GraphWalk.descend(graph, scratch, entry, level);
    for (int at = top; at >= 0; at--) {
      scratch.pool.reset(efConstruction);
      GraphWalk.nearestOnLevel(graph, scratch, start, at);
      int size = copyCandidates();
      start = candidates[0];
      if (selections[at] == null) {
        selections[at] = new NeighbourSelection(graph);
      }
      selections[at].select(candidates, size, selfDistance, graph.m());
      writeList(graph.listAddress(node, at), selections[at]);
    }
    for (int at = 0; at <= top; at++) {
      NeighbourSelection neighbours = selections[at];
      for (int i = 0; i < neighbours.count(); i++) {
        addLink(neighbours.get(i), node, at);
      }
    }
  }

  private int copyCandidates() {
    CandidatePool pool = scratch.pool;
    int size = pool.size();
    if (size > candidates.length) {
      candidates = new long[size];
    }
    for (int i = 0; i < size; i++) {
      candidates[i] = Candidate.fresh(pool.get(i));
    }
    return size;
  }

  private static void writeList(long list, NeighbourSelection neighbours) {
    for (int i = 0; i < neighbours.count(); i++) {
      NativeMemory.setInt(list + HnswGraph.LIST_HEADER_BYTES + 4L * i, neighbours.get(i));
    }
    NativeMemory.setIntRelease(list, neighbours.count());
  }

  private void addLink(int from, int to, int level) {
    synchronized (locks.ofNode(from)) {
      long list = graph.listAddress(from, level);
      int count = GraphWalk.linkCount(graph, list, level);
      // Two nodes inserted at the same time may choose each other.
      for (int i = 0; i < count; i++) {
        if (linkAt(list, i) == to) {
          return;
        }
      }
      if (count < graph.maximumLinks(level)) {
        NativeMemory.setInt(list + HnswGraph.LIST_HEADER_BYTES + 4L * count, to);
        NativeMemory.setIntRelease(list, count + 1);
      } else {
        shrink(from, to, list, count);
      }
    }
  }

  /** Replaces a full list by a selection of its links and the new one. */
  private void shrink(int from, int to, long list, int count) {
    NativeMemory.copyFloats(graph.vectorAddress(from), linked, linked.length);
    int size = count + 1;
    for (int first = 0; first < size; first += SearchScratch.GROUP) {
      for (int i = 0; i < SearchScratch.GROUP; i++) {
        group[i] = first + i < count ? linkAt(list, first + i) : to;
      }
      graph.distances(linked, group, 0, distances);
      for (int i = 0; i < SearchScratch.GROUP; i++) {
        links[first + i] = Candidate.of(distances[i], group[i]);
      }
    }
    Arrays.sort(links, 0, size);
    shrinking.select(links, size, selfDistance(from), count);
    writeList(list, shrinking);
  }

  /** Computed by the kernel that computes the candidates' distances, so that equals are equal. */
  private float selfDistance(int node) {
    if (graph.metric() == MetricType.L2) {
      return 0;
    }
    NativeMemory.copyFloats(graph.vectorAddress(node), linked, linked.length);
    Arrays.fill(group, node);
    graph.distances(linked, group, 0, distances);
    return distances[0];
  }

  private static int linkAt(long list, int position) {
    return NativeMemory.getInt(list + HnswGraph.LIST_HEADER_BYTES + 4L * position);
  }

  /**
   * The node's level, geometrically distributed with the paper's factor 1 / ln(m). Drawn from the
   * node's number, so that a build needs no shared source of randomness.
   */
  static int levelOf(int node, int m) {
    long mixed = (node + 1) * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    mixed ^= mixed >>> 31;
    double uniform = ((mixed >>> 11) + 1) * 0x1.0p-53;
    return Math.min(GraphEntry.LEVEL_MAX, (int) (-Math.log(uniform) / Math.log(m)));
  }
}

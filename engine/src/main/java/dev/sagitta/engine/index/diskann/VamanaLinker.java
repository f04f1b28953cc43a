package dev.sagitta.engine.index.diskann;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.index.graph.Candidate;
import dev.sagitta.engine.index.graph.CandidatePool;
import dev.sagitta.engine.index.graph.GraphLocks;
import dev.sagitta.engine.index.graph.NativeMemory;
import dev.sagitta.engine.index.graph.VisitedNodes;
import dev.sagitta.engine.vector.VectorKernel;
import dev.sagitta.engine.vector.VectorKernels;
import java.util.Arrays;

/**
 * Links single nodes (the body of the paper's algorithm 3). Each thread has a linker of its own;
 * all linkers of a graph share its locks, of which a thread holds one at a time.
 */
final class VamanaLinker {
  private static final int GROUP = RobustPrune.GROUP;
  private static final VectorKernel KERNEL = VectorKernels.preferred();

  private final DistinctVectors vectors;
  private final VamanaGraph graph;
  private final GraphLocks locks;
  private final int entry;
  private final int listSize;
  private final float[] base;
  private final int[] found;
  private final float[] distances;
  private final float[] groupDistances = new float[GROUP];
  private final VisitedNodes visited = new VisitedNodes();
  private final CandidatePool pool = new CandidatePool();
  private final RobustPrune prune;
  private final RobustPrune backwardPrune;
  private long[] candidates;
  private int candidateCount;

  /**
   * @param entry where every walk begins
   * @param listSize candidates that a walk keeps
   */
  VamanaLinker(
      DistinctVectors vectors, VamanaGraph graph, GraphLocks locks, int entry, int listSize) {
    this.vectors = requireNonNull(vectors, "vectors is null");
    this.graph = requireNonNull(graph, "graph is null");
    this.locks = requireNonNull(locks, "locks is null");
    this.entry = entry;
    this.listSize = listSize;
    this.base = new float[vectors.length()];
    int capacity = graph.capacity() + 1 + GROUP;
    this.found = new int[capacity];
    this.distances = new float[capacity];
    this.prune = new RobustPrune(vectors, graph.maximumDegree());
    this.backwardPrune = new RobustPrune(vectors, graph.maximumDegree());
    this.candidates = new long[listSize + 2 * capacity];
  }

  /** Chooses the node's links among what a walk to it meets, and links back from those. */
  void link(int node, float alpha) {
    walkTo(node);
    addPresentLinks(node);
    sortCandidates(node);
    prune.select(candidates, candidateCount, alpha, graph.maximumDegree());
    synchronized (locks.ofNode(node)) {
      graph.setLinks(node, prune.selected(), prune.count());
    }
    for (int i = 0; i < prune.count(); i++) {
      addLink(prune.selected()[i], node, alpha);
    }
  }

  /** Brings the node's links down to the number that it may keep. */
  void trim(int node, float alpha) {
    synchronized (locks.ofNode(node)) {
      int count = graph.copyLinks(node, found);
      if (count > graph.maximumDegree()) {
        pruneFound(node, count, alpha);
      }
    }
  }

  /** Links a node that no walk reaches, from one near it that a walk does reach. */
  void linkUnreached(int node) {
    walkTo(node);
    for (int i = 0; i < pool.size(); i++) {
      int near = pool.nodeAt(i);
      int degree = graph.degree(near);
      if (near != node && degree < graph.maximumDegree()) {
        graph.append(near, degree, node);
        return;
      }
    }
    insertBehind(pool.nodeAt(0), node);
  }

  /** Puts the node between another and the last one that this links to, which stays reached. */
  private void insertBehind(int full, int node) {
    int count = graph.copyLinks(full, found);
    int last = found[count - 1];
    found[count - 1] = node;
    graph.setLinks(full, found, count);
    count = Math.min(graph.copyLinks(node, found), graph.maximumDegree() - 1);
    found[count] = last;
    graph.setLinks(node, found, count + 1);
  }

  /** Collects the nodes that a walk to the node expands as candidates, and fills the pool. */
  private void walkTo(int node) {
    vectors.copy(node, base);
    candidateCount = 0;
    visited.reset(graph.nodeCount());
    visited.visit(entry);
    pool.reset(listSize);
    found[0] = entry;
    addFoundToPool(1);
    long candidate;
    while ((candidate = pool.takeNearest()) != CandidatePool.NONE) {
      addCandidate(candidate);
      int links = graph.copyLinks(Candidate.node(candidate), found);
      int count = 0;
      for (int i = 0; i < links; i++) {
        if (visited.visit(found[i])) {
          found[count++] = found[i];
        }
      }
      addFoundToPool(count);
    }
  }

  private void addFoundToPool(int count) {
    computeFound(count);
    pool.addAll(found, distances, count);
  }

  /** Distances of the base to the found nodes, with the last group filled up by repetition. */
  private void computeFound(int count) {
    for (int i = count; i % GROUP != 0; i++) {
      found[i] = found[count - 1];
    }
    for (int from = 0; from < count; from += GROUP) {
      KERNEL.squaredDistances(
          base,
          0,
          NativeMemory.ALL,
          vectors.address(found[from]),
          vectors.address(found[from + 1]),
          vectors.address(found[from + 2]),
          vectors.address(found[from + 3]),
          base.length,
          groupDistances);
      System.arraycopy(groupDistances, 0, distances, from, GROUP);
    }
  }

  private void addPresentLinks(int node) {
    int count = graph.copyLinks(node, found);
    computeFound(count);
    for (int i = 0; i < count; i++) {
      addCandidate(Candidate.of(distances[i], found[i]));
    }
  }

  private void addCandidate(long candidate) {
    if (candidateCount == candidates.length) {
      candidates = Arrays.copyOf(candidates, 2 * candidateCount);
    }
    candidates[candidateCount++] = Candidate.fresh(candidate);
  }

  /** Sorts, and leaves out the node itself and what is there twice. */
  private void sortCandidates(int self) {
    Arrays.sort(candidates, 0, candidateCount);
    int count = 0;
    for (int i = 0; i < candidateCount; i++) {
      boolean repeated = count > 0 && candidates[count - 1] == candidates[i];
      if (!repeated && Candidate.node(candidates[i]) != self) {
        candidates[count++] = candidates[i];
      }
    }
    candidateCount = count;
  }

  private void addLink(int from, int to, float alpha) {
    synchronized (locks.ofNode(from)) {
      int count = graph.copyLinks(from, found);
      for (int i = 0; i < count; i++) {
        if (found[i] == to) {
          return;
        }
      }
      if (count < graph.capacity()) {
        graph.append(from, count, to);
      } else {
        found[count] = to;
        pruneFound(from, count + 1, alpha);
      }
    }
  }

  /** Makes a selection of the found nodes the node's links; needs the base no more. */
  private void pruneFound(int node, int count, float alpha) {
    vectors.copy(node, base);
    computeFound(count);
    candidateCount = 0;
    for (int i = 0; i < count; i++) {
      addCandidate(Candidate.of(distances[i], found[i]));
    }
    sortCandidates(node);
    backwardPrune.select(candidates, candidateCount, alpha, graph.maximumDegree());
    graph.setLinks(node, backwardPrune.selected(), backwardPrune.count());
  }
}

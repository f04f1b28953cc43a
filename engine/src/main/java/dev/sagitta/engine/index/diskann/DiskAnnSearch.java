package dev.sagitta.engine.index.diskann;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.index.graph.Candidate;
import dev.sagitta.engine.index.graph.CandidateHeap;
import dev.sagitta.engine.index.graph.CandidatePool;
import dev.sagitta.engine.index.graph.ScratchPool;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.vector.UnitVectors;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * One search (the paper's beam search), by the cheaper of two ways. A walk is steered by codes and
 * reads a beam of nodes at a time; the vectors that came with them then say exactly how near the
 * best are. A walk that wants {@code l} of the {@code c} offered rows among {@code n} computes
 * about {@code l * degree * n / c} distances, a scan of their codes {@code c} of them; so a filter
 * of any selectivity costs at most what it costs where the two meet.
 */
final class DiskAnnSearch {
  private static final int ENTRY = 0;
  private static final int GROUP = SearchScratch.GROUP;

  private final NodeStore nodes;
  private final ResidentCodes codes;
  private final ExactScores exact;
  private final MemorySegment nodeOfRow;
  private final MetricType metric;
  private final int dimension;
  private final int maximumDegree;
  private final int beamWidth;
  private final ScratchPool<SearchScratch> scratches;

  /**
   * @param nodeOfRow int32 node of each row
   */
  DiskAnnSearch(
      NodeStore nodes,
      ResidentCodes codes,
      ExactScores exact,
      MemorySegment nodeOfRow,
      MetricType metric,
      int dimension,
      int maximumDegree,
      int beamWidth) {
    this.nodes = requireNonNull(nodes, "nodes is null");
    this.codes = requireNonNull(codes, "codes is null");
    this.exact = requireNonNull(exact, "exact is null");
    this.nodeOfRow = requireNonNull(nodeOfRow, "nodeOfRow is null");
    this.metric = requireNonNull(metric, "metric is null");
    this.dimension = dimension;
    this.maximumDegree = maximumDegree;
    this.beamWidth = beamWidth;
    this.scratches = new ScratchPool<>(this::newScratch);
  }

  private SearchScratch newScratch() {
    return new SearchScratch(dimension, codes.code().newScorer(), beamWidth, maximumDegree);
  }

  /**
   * Offers the nearest rows.
   *
   * @param searchList how many nodes are kept on the way and compared exactly in the end
   */
  void search(float[] query, int queryOffset, int searchList, OfferedRows offered) {
    int cardinality = offered.cardinality();
    if (cardinality == 0 || nodes.nodeCount() == 0) {
      return;
    }
    SearchScratch scratch = scratches.acquire();
    try {
      prepare(query, queryOffset, scratch);
      int bound = Math.min(searchList, nodes.nodeCount());
      double walkDistances = 0.5 * bound * maximumDegree * nodes.nodeCount() / cardinality;
      if (cardinality <= walkDistances || !walk(scratch, bound, cardinality, offered)) {
        scan(scratch, bound, cardinality, offered);
      }
    } finally {
      scratches.release(scratch);
    }
  }

  private void prepare(float[] query, int queryOffset, SearchScratch scratch) {
    if (metric == MetricType.COSINE) {
      UnitVectors.normalize(query, queryOffset, scratch.query, 0, dimension);
    } else {
      System.arraycopy(query, queryOffset, scratch.query, 0, dimension);
    }
    scratch.scorer.setQuery(scratch.query, 0);
  }

  /** Answers false, having offered nothing, if the walk turned out dearer than a scan. */
  private boolean walk(SearchScratch scratch, int bound, int budget, OfferedRows offered) {
    scratch.pool.reset(bound);
    scratch.visited.reset(nodes.nodeCount());
    scratch.visited.visit(ENTRY);
    scratch.found[0] = ENTRY;
    codes.compute(scratch, 1);
    if (offered.isAll() && !offered.hasInnerBound()) {
      walkToAll(scratch);
    } else if (!walkToOffered(scratch, budget, offered)) {
      return false;
    }
    offerPool(scratch, offered);
    return true;
  }

  /** Candidates and results share the one sorted pool: the walk ends when all in it are read. */
  private void walkToAll(SearchScratch scratch) {
    CandidatePool pool = scratch.pool;
    int count = 1;
    int width;
    do {
      pool.addAll(scratch.found, scratch.distances, count);
      width = 0;
      long candidate;
      int widthMax = beamWidth(scratch);
      while (width < widthMax && (candidate = pool.takeNearest()) != CandidatePool.NONE) {
        scratch.beam[width++] = Candidate.node(candidate);
      }
      count = expandBeam(scratch, width);
    } while (width > 0);
  }

  /**
   * Like {@link #walkToAll}, but only nodes of rows that may be offered get into the pool, when
   * they are read; the others are only walked through.
   *
   * @param budget the most distances to compute
   * @return false if the budget was spent before the end, in which case the pool is incomplete
   */
  private boolean walkToOffered(SearchScratch scratch, int budget, OfferedRows offered) {
    CandidatePool pool = scratch.pool;
    CandidateHeap heap = scratch.heap;
    heap.clear();
    int count = 1;
    long computed = 0;
    while (true) {
      for (int i = 0; i < count; i++) {
        long candidate = Candidate.of(scratch.distances[i], scratch.found[i]);
        if (pool.accepts(candidate)) {
          heap.add(candidate);
        }
      }
      int width = 0;
      int widthMax = beamWidth(scratch);
      while (width < widthMax && !heap.isEmpty()) {
        long candidate = heap.removeNearest();
        if (!pool.accepts(candidate)) {
          break;
        }
        scratch.beamCandidates[width] = candidate;
        scratch.beam[width++] = Candidate.node(candidate);
      }
      if (width == 0) {
        return true;
      }
      count = expandBeam(scratch, width);
      computed += count;
      if (computed > budget) {
        return false;
      }
      for (int i = 0; i < width; i++) {
        long candidate = scratch.beamCandidates[i];
        if (pool.accepts(candidate) && mayOffer(scratch, Candidate.node(candidate), offered)) {
          pool.add(candidate);
        }
      }
    }
  }

  /**
   * Several reads at a time hide how long each takes, at the price of nodes that need not have been
   * read; what is in memory is therefore read one by one.
   */
  private int beamWidth(SearchScratch scratch) {
    return scratch.coldBeams > 0 ? beamWidth : 1;
  }

  private boolean mayOffer(SearchScratch scratch, int node, OfferedRows offered) {
    if (!offered.containsAnyOf(node)) {
      return false;
    }
    if (!offered.hasInnerBound()) {
      return true;
    }
    scratch.group[0] = node;
    scratch.group[1] = node;
    scratch.group[2] = node;
    scratch.group[3] = node;
    exact.compute(scratch.query, scratch.group, 0, scratch.groupScores);
    return offered.acceptsScore(scratch.groupScores[0]);
  }

  /** Reads the beam's nodes; finds their neighbours not met before, with their distances. */
  private int expandBeam(SearchScratch scratch, int width) {
    scratch.coldBeams = nodes.read(scratch.beam, width, scratch.coldBeams);
    int[] found = scratch.found;
    int count = 0;
    for (int i = 0; i < width; i++) {
      int end = nodes.copyLinks(scratch.beam[i], found, count);
      for (int j = count; j < end; j++) {
        int link = found[j];
        if (scratch.visited.visit(link)) {
          found[count++] = link;
        }
      }
    }
    codes.compute(scratch, count);
    return count;
  }

  private void offerPool(SearchScratch scratch, OfferedRows offered) {
    CandidatePool pool = scratch.pool;
    int size = pool.size();
    for (int from = 0; from < size; from += GROUP) {
      int count = Math.min(GROUP, size - from);
      for (int i = 0; i < GROUP; i++) {
        scratch.group[i] = pool.nodeAt(from + Math.min(i, count - 1));
      }
      offerGroup(scratch, count, offered);
    }
  }

  private void offerGroup(SearchScratch scratch, int count, OfferedRows offered) {
    exact.compute(scratch.query, scratch.group, 0, scratch.groupScores);
    for (int i = 0; i < count; i++) {
      offered.offer(scratch.group[i], scratch.groupScores[i]);
    }
  }

  /** Compares the codes of all offered rows and then, exactly, the vectors of the best. */
  private void scan(SearchScratch scratch, int bound, int cardinality, OfferedRows offered) {
    // The best could all be too near, so that none may be left out.
    int kept = offered.hasInnerBound() ? cardinality : bound;
    scratch.pool.reset(kept);
    scratch.visited.reset(nodes.nodeCount());
    int[] found = scratch.found;
    int capacity = found.length - GROUP;
    int count = 0;
    for (int row = offered.next(0); row >= 0; row = offered.next(row + 1)) {
      int node = nodeOfRow.get(ValueLayout.JAVA_INT_UNALIGNED, (long) Integer.BYTES * row);
      if (Integer.compareUnsigned(node, nodes.nodeCount()) < 0 && scratch.visited.visit(node)) {
        found[count++] = node;
        if (count == capacity) {
          codes.compute(scratch, count);
          scratch.pool.addAll(found, scratch.distances, count);
          count = 0;
        }
      }
    }
    codes.compute(scratch, count);
    scratch.pool.addAll(found, scratch.distances, count);
    offerPool(scratch, offered);
  }
}

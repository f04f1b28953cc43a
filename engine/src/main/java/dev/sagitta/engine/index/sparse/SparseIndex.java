package dev.sagitta.engine.index.sparse;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.SparseVectorColumn;
import dev.sagitta.engine.index.Bm25Source;
import dev.sagitta.engine.index.Bm25Statistics;
import dev.sagitta.engine.index.IndexSearchParameters;
import dev.sagitta.engine.index.QueryVector;
import dev.sagitta.engine.index.ScoreRange;
import dev.sagitta.engine.index.TopRows;
import dev.sagitta.engine.index.VectorIndex;
import dev.sagitta.engine.index.graph.ScratchPool;
import dev.sagitta.engine.schema.MetricType;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * A finished sparse index, searched where its file is mapped. The lists' impacts find candidates,
 * the segment's own rows give the candidates their exact scores; so all algorithms find the same.
 */
final class SparseIndex implements VectorIndex, Bm25Source {
  private static final ScratchPool<SparseScratch> SCRATCH = new ScratchPool<>(SparseScratch::new);

  /** Scoring a row exactly costs as much as adding so many entries of lists. */
  private static final int ROW_COST = 64;

  private static final WindowSearch EXHAUSTIVE = new ExhaustiveSearch();

  private final MemorySegment file;
  private final SparseVectorColumn vectors;
  private final MetricType metric;
  private final WindowSearch windowSearch;
  private final Bm25Parameters bm25;
  private final SparseStatistics statistics;
  private final SparseLists lists;
  private final RowLengths lengths;
  private volatile boolean closed;

  SparseIndex(
      MemorySegment file,
      SparseVectorColumn vectors,
      MetricType metric,
      SparseAlgorithm algorithm,
      Bm25Parameters bm25,
      SparseStatistics statistics,
      SparseLists lists,
      RowLengths lengths) {
    this.file = requireNonNull(file, "file is null");
    this.vectors = requireNonNull(vectors, "vectors is null");
    this.metric = requireNonNull(metric, "metric is null");
    this.windowSearch =
        switch (algorithm) {
          case DAAT_MAXSCORE -> new MaxScoreSearch();
          case DAAT_WAND -> new WandSearch();
          case TAAT_NAIVE -> EXHAUSTIVE;
        };
    this.bm25 = requireNonNull(bm25, "bm25 is null");
    this.statistics = requireNonNull(statistics, "statistics is null");
    this.lists = requireNonNull(lists, "lists is null");
    this.lengths = requireNonNull(lengths, "lengths is null");
  }

  @Override
  public int rowCount() {
    return lists.rowCount();
  }

  @Override
  public Bm25Statistics bm25Statistics(int[] indices) {
    requireOpen();
    long[] documentFrequencies = new long[indices.length];
    for (int i = 0; i < indices.length; i++) {
      int list = lists.find(indices[i]);
      documentFrequencies[i] = list < 0 ? 0 : lists.entryCount(list);
    }
    return new Bm25Statistics(
        statistics.documentCount(), statistics.totalLength(), indices, documentFrequencies);
  }

  @Override
  public void search(
      QueryVector query,
      IndexSearchParameters parameters,
      Optional<RowBitmap> allowed,
      TopRows results) {
    requireOpen();
    SparseScratch scratch = SCRATCH.acquire();
    SparseSearchParameters checked = SparseSearchParameters.of(parameters);
    ScoreRange range = ScoreRange.of(parameters, metric);
    QueryVector.Sparse sparse = query.sparse();
    if (prepare(sparse, checked, scratch)) {
      RowBitmap filter = allowed.orElse(null);
      if (filter != null && isScanCheaper(filter, scratch.terms)) {
        scan(filter, range, scratch, results);
      } else {
        walk(filter, range, checked.maxScoreRatio(), scratch, results);
      }
    }
    SCRATCH.release(scratch);
  }

  /** Finds the query's lists and weighs them; false if no row can have a positive score. */
  private boolean prepare(
      QueryVector.Sparse query, SparseSearchParameters parameters, SparseScratch scratch) {
    double averageLength = weigh(query, scratch.weights);
    scratch.weights.drop(parameters.dropRatio());
    int count = query.indices().length;
    scratch.terms.clear();
    scratch.scorer.begin(count);
    for (int i = 0; i < count; i++) {
      double weight = scratch.weights.get(i);
      int index = query.indices()[i];
      int list = weight == 0 ? -1 : lists.find(index);
      if (list >= 0) {
        scratch.scorer.put(index, weight);
        scratch.terms.add(lists, list, weight);
        if (lists.isOf(list + 1, index)) {
          scratch.terms.add(lists, list + 1, weight);
        }
      }
    }
    double factor = 1;
    if (metric == MetricType.BM25) {
      scratch.scorer.useBm25(bm25, averageLength);
      factor = statistics.impactFactor(bm25, averageLength);
    } else {
      scratch.scorer.useInnerProduct();
    }
    scratch.reserveLists(2 * count);
    return scratch.terms.begin(lists, Math.min(1, factor), Math.max(1, factor));
  }

  /**
   * Weighs the query's entries.
   *
   * @return average length of the documents, if that matters
   */
  private double weigh(QueryVector.Sparse query, QueryWeights weights) {
    if (metric != MetricType.BM25) {
      weights.useValues(query);
      return 1;
    }
    Bm25Statistics all = query.statistics().orElse(null);
    if (all != null) {
      weights.useBm25(query, all);
      return all.averageLength();
    }
    weights.begin(query.indices().length);
    for (int i = 0; i < query.indices().length; i++) {
      int list = lists.find(query.indices()[i]);
      int documentFrequency = list < 0 ? 0 : lists.entryCount(list);
      weights.useBm25(query, i, statistics.documentCount(), documentFrequency);
    }
    return statistics.averageLength();
  }

  private boolean isScanCheaper(RowBitmap allowed, QueryTerms terms) {
    long walkCost = terms.entryCount() + lists.rowCount() / SparseIndexFile.DENSE_PADDING;
    return (long) allowed.cardinality() * ROW_COST < walkCost;
  }

  /** Scores all allowed rows. */
  private void scan(RowBitmap allowed, ScoreRange range, SparseScratch scratch, TopRows results) {
    int row = allowed.nextRow(0);
    while (row >= 0 && row < vectors.rowCount()) {
      if (!vectors.isNull(row)) {
        float score = scratch.scorer.score(vectors, row, lengths.of(row));
        if (score > 0 && results.wouldKeep(score) && range.accepts(score)) {
          results.offer(row, score);
        }
      }
      row = allowed.nextRow(row + 1);
    }
  }

  private void walk(
      RowBitmap allowed,
      ScoreRange range,
      double maxScoreRatio,
      SparseScratch scratch,
      TopRows results) {
    QueryTerms terms = scratch.terms;
    Candidates candidates = scratch.candidates;
    candidates.begin(results.capacity(), terms, range, allowed);
    WindowSearch chosen = terms.anyLowers() ? EXHAUSTIVE : windowSearch;
    for (int window = 0; window < lists.windowCount(); window++) {
      terms.enter(lists, window);
      if (terms.active() > 0) {
        candidates.enterWindow(window);
        chosen.search(terms, candidates, maxScoreRatio, scratch);
      }
    }
    candidates.finish(vectors, lengths, scratch.scorer, terms.unit(), range, results);
  }

  @Override
  public long sizeInBytes() {
    return file.byteSize();
  }

  @Override
  public void close() {
    closed = true;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("index is closed");
    }
  }
}

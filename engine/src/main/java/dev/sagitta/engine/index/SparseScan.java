package dev.sagitta.engine.index;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.SparseVectorColumn;
import dev.sagitta.engine.index.sparse.Bm25Parameters;
import dev.sagitta.engine.index.sparse.SparseScorer;
import dev.sagitta.engine.schema.MetricType;

/**
 * One query's pass over sparse rows: inner products or BM25, as {@link SparseScorer} computes them.
 * As in Milvus only rows with a positive score are found: the others have nothing in common with
 * the query.
 */
final class SparseScan {
  private final SparseVectorColumn vectors;
  private final ScoreRange range;
  private final TopRows results;
  private final SparseScorer scorer = new SparseScorer();

  SparseScan(
      SparseVectorColumn vectors,
      MetricType metric,
      QueryVector.Sparse query,
      IndexSearchParameters parameters,
      ScoreRange range,
      TopRows results) {
    this.vectors = vectors;
    this.range = range;
    this.results = results;
    if (metric == MetricType.BM25) {
      Bm25Statistics statistics =
          query
              .statistics()
              .orElseThrow(
                  () -> new IllegalArgumentException("BM25 needs statistics of all documents"));
      Bm25Parameters bm25 = Bm25Parameters.of(parameters.values());
      scorer.prepare(query, bm25, statistics, parameters);
    } else {
      scorer.prepare(query);
    }
  }

  /**
   * Compares the rows {@code fromRow} to {@code toRow - 1}.
   *
   * @param allowed rows that count, or null for all
   */
  void scan(int fromRow, int toRow, RowBitmap allowed) {
    int row = allowed == null ? fromRow : allowed.nextRow(fromRow);
    while (row >= 0 && row < toRow) {
      if (!vectors.isNull(row)) {
        float score = scorer.score(vectors, row);
        if (score > 0 && results.wouldKeep(score) && range.accepts(score)) {
          results.offer(row, score);
        }
      }
      row = allowed == null ? row + 1 : allowed.nextRow(row + 1);
    }
  }
}

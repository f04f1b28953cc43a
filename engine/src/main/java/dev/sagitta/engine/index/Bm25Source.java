package dev.sagitta.engine.index;

/** An index that counts what BM25 must know about the documents in it. */
public interface Bm25Source {
  /**
   * The statistics of these rows alone, for a query of these terms.
   *
   * @param indices sorted, compared unsigned, none twice; not changed as long as the result is used
   */
  Bm25Statistics bm25Statistics(int[] indices);
}

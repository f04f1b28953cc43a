/**
 * Sparse vectors against Lucene: BM25 over package descriptions, and vectors of learned weights.
 */
package dev.sagitta.bench.sparse;

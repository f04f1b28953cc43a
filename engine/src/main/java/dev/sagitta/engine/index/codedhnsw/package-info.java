/**
 * HNSW_SQ, HNSW_PQ, HNSW_PRQ: the graph of HNSW, built with exact vectors and walked by the
 * distances of compact codes. The file holds no vectors; what a walk finds gets its exact scores
 * from the segment's own.
 */
package dev.sagitta.engine.index.codedhnsw;

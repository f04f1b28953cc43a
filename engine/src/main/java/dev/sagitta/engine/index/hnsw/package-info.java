/**
 * Hierarchical navigable small world graphs, after Malkov and Yashunin, "Efficient and robust
 * approximate nearest neighbor search using hierarchical navigable small world graphs", IEEE
 * Transactions on Pattern Analysis and Machine Intelligence, 2018 (arXiv 1603.09320, 2016).
 *
 * <p>One graph in off-heap memory serves three uses: it is built in parallel for sealed segments,
 * searched in place from a memory map, and grows under concurrent searches in growing segments.
 */
package dev.sagitta.engine.index.hnsw;

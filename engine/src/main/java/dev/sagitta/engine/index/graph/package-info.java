/**
 * Proximity graphs without vectors: links, walks and construction, over any way of computing
 * distances ({@link dev.sagitta.engine.index.graph.NodeDistances}). The structure and the
 * algorithms are those of Malkov and Yashunin, "Efficient and robust approximate nearest neighbor
 * search using hierarchical navigable small world graphs", IEEE Transactions on Pattern Analysis
 * and Machine Intelligence, 2018 (arXiv 1603.09320, 2016); each class says where it differs.
 *
 * <p>One kind of graph in off-heap memory serves three uses: it is built in parallel for sealed
 * segments, searched in place from a memory map, and grows under concurrent searches in growing
 * segments. Who uses it numbers its vectors from 0 on; {@link
 * dev.sagitta.engine.index.graph.NodeOrder} says which row each node is.
 */
package dev.sagitta.engine.index.graph;

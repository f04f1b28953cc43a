/**
 * COMPACT_GRAPH: a navigable graph whose nodes hold compact codes of their neighbours, so that one
 * step of a walk is one sequential read and estimates the distances of all neighbours at once; what
 * the walk finds is ranked by exact distances. The graph is the lowest level of the one of Malkov
 * and Yashunin (2018); codes inside nodes come from Gou et al., "SymphonyQG: towards symphonious
 * integration of quantization and graph for approximate nearest neighbor search", 2025, with
 * product codes along principal axes ({@link dev.sagitta.engine.index.code.FastScanCode}) instead
 * of RaBitQ codes relative to each node: the estimate for a node is then the same from whichever
 * neighbour it is reached, so that the sorted pool of candidates recognises nodes that it has, and
 * walks need no marks of visited nodes.
 */
package dev.sagitta.engine.index.compact;

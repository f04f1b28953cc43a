/**
 * DISKANN: a graph whose nodes lie on disk, steered by compact codes in memory, after Subramanya,
 * Devvrit, Kadekodi, Krishnaswamy and Simhadri, "DiskANN: Fast Accurate Billion-point Nearest
 * Neighbor Search on a Single Node", NeurIPS 2019.
 *
 * <p>What differs from the paper: equal vectors are one node; the first pass begins with an empty
 * graph instead of a random one; nodes that the passes leave unreachable are linked afterwards;
 * nodes are numbered breadth first from the entry, so that what a search meets first lies together
 * and a prefix of the nodes is what is worth keeping in memory; the codes need not be product
 * quantization; and the file is read through a memory map, so that pages that are in memory cost no
 * system call.
 */
package dev.sagitta.engine.index.diskann;

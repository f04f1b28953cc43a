package dev.sagitta.engine.index.compact;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.index.code.FastScanCode;
import dev.sagitta.engine.index.graph.NodeRows;

/**
 * A graph in place.
 *
 * @param code what the codes mean
 * @param nodes the neighbours of each node
 * @param entries groups of nodes where every search begins
 * @param entryGroups number of these groups
 * @param rows which rows the nodes are
 * @param nodeCount number of nodes
 */
record CompactGraph(
    FastScanCode code,
    NodeBlocks nodes,
    NodeBlocks entries,
    int entryGroups,
    NodeRows rows,
    int nodeCount) {
  CompactGraph {
    requireNonNull(code, "code is null");
    requireNonNull(nodes, "nodes is null");
    requireNonNull(entries, "entries is null");
    requireNonNull(rows, "rows is null");
  }
}

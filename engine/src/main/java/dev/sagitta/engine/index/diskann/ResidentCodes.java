package dev.sagitta.engine.index.diskann;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.index.code.VectorCode;
import dev.sagitta.engine.index.graph.NativeMemory;
import java.lang.foreign.MemorySegment;

/** The codes of all nodes, in memory, and what they mean. */
final class ResidentCodes {
  private final VectorCode code;
  private final int codeBytes;
  private final long address;

  /**
   * @param codes one code a node, kept alive by the caller
   */
  ResidentCodes(VectorCode code, MemorySegment codes, int nodeCount) {
    this.code = requireNonNull(code, "code is null");
    this.codeBytes = code.codeBytes();
    this.address = codes.address();
    if (codes.byteSize() < (long) codeBytes * nodeCount) {
      throw new IllegalArgumentException(
          "memory does not hold the codes: nodeCount="
              + nodeCount
              + " codeBytes="
              + codeBytes
              + " byteSize="
              + codes.byteSize());
    }
  }

  VectorCode code() {
    return code;
  }

  /** Distances of the scratch's query to the first found nodes, to the scratch's distances. */
  void compute(SearchScratch scratch, int count) {
    int[] found = scratch.found;
    float[] distances = scratch.distances;
    float[] group = scratch.groupScores;
    scratch.fillLastGroup(count);
    for (int from = 0; from < count; from += SearchScratch.GROUP) {
      scratch.scorer.distances(
          NativeMemory.ALL,
          addressOf(found[from]),
          addressOf(found[from + 1]),
          addressOf(found[from + 2]),
          addressOf(found[from + 3]),
          group);
      distances[from] = group[0];
      distances[from + 1] = group[1];
      distances[from + 2] = group[2];
      distances[from + 3] = group[3];
    }
  }

  private long addressOf(int node) {
    return address + (long) node * codeBytes;
  }
}

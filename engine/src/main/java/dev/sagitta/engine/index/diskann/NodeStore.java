package dev.sagitta.engine.index.diskann;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.index.graph.NativeMemory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The nodes of an index file: the first ones copied to memory, all others in place. Numbers read
 * from records are never trusted, since a damaged file must not lead outside of the mapping.
 */
final class NodeStore {
  /** Reading a page that is in memory takes less, and one from a disk more. */
  private static final long COLD_NANOSECONDS = 20_000;

  /** Beams that are asked for as a whole after one that was not in memory. */
  private static final int COLD_BEAMS = 64;

  private final NodeLayout layout;
  private final int nodeCount;
  private final long sectors;
  private final long cache;
  private final int cachedNodes;
  private final MemorySegment furtherRows;
  private final boolean mapped;

  /**
   * @param sectors the records, kept alive by the caller
   * @param cache a copy of the sectors of the first {@code cachedNodes} nodes, likewise
   * @param furtherRows int32 rows whose vector is that of a node's first row
   */
  NodeStore(
      NodeLayout layout,
      int nodeCount,
      MemorySegment sectors,
      MemorySegment cache,
      int cachedNodes,
      MemorySegment furtherRows) {
    this.layout = requireNonNull(layout, "layout is null");
    this.nodeCount = nodeCount;
    this.sectors = sectors.address();
    this.cache = cache.address();
    this.cachedNodes = cachedNodes;
    this.furtherRows = requireNonNull(furtherRows, "furtherRows is null");
    this.mapped = sectors.isMapped();
    if (sectors.byteSize() < layout.bytes(nodeCount)
        || cache.byteSize() < layout.bytes(cachedNodes)
        || cachedNodes > nodeCount) {
      throw new IllegalArgumentException(
          "memory does not hold the nodes: nodeCount="
              + nodeCount
              + " sectors="
              + sectors.byteSize()
              + " cachedNodes="
              + cachedNodes
              + " cache="
              + cache.byteSize());
    }
    if (mapped) {
      PageAdvice.random(sectors);
    }
  }

  int nodeCount() {
    return nodeCount;
  }

  /** Address of the node's record, at which its vector lies. */
  long address(int node) {
    return (node < cachedNodes ? cache : sectors) + layout.offset(node);
  }

  /**
   * Copies the node's links, those that are nodes, to the target from {@code from} on.
   *
   * @return the position behind the last copied one
   */
  int copyLinks(int node, int[] target, int from) {
    long header = address(node) + layout.headerOffset();
    int degree =
        Math.clamp(NativeMemory.getInt(header + NodeLayout.DEGREE), 0, layout.maximumDegree());
    int end = from;
    for (int i = 0; i < degree; i++) {
      int link = NativeMemory.getInt(header + NodeLayout.LINKS + (long) Integer.BYTES * i);
      if (Integer.compareUnsigned(link, nodeCount) < 0) {
        target[end++] = link;
      }
    }
    return end;
  }

  /** The first row with the node's vector; a damaged file may say anything. */
  int firstRow(int node) {
    return NativeMemory.getInt(address(node) + layout.headerOffset() + NodeLayout.FIRST_ROW);
  }

  /** How many more rows have the node's vector. */
  int furtherRowCount(int node) {
    long header = address(node) + layout.headerOffset();
    int count = NativeMemory.getInt(header + NodeLayout.FURTHER_ROWS);
    int position = NativeMemory.getInt(header + NodeLayout.FURTHER_POSITION);
    long total = furtherRows.byteSize() / Integer.BYTES;
    boolean valid = count >= 0 && position >= 0 && (long) position + count <= total;
    return valid ? count : 0;
  }

  /** One of them; a damaged file may say anything. */
  int furtherRow(int node, int index) {
    long header = address(node) + layout.headerOffset();
    long position = NativeMemory.getInt(header + NodeLayout.FURTHER_POSITION);
    return furtherRows.get(ValueLayout.JAVA_INT_UNALIGNED, Integer.BYTES * (position + index));
  }

  /**
   * Makes sure that the records of a beam of nodes are in memory before they are looked at. As long
   * as reading one takes no time, it does nothing else; after one that had to come from the disk,
   * it asks for all of a beam at once for a while.
   *
   * @param coldBeams beams for which to ask still, as the last call answered
   * @return the value for the next call
   */
  int read(int[] beam, int count, int coldBeams) {
    if (!mapped) {
      return 0;
    }
    if (coldBeams > 0) {
      for (int i = 0; i < count; i++) {
        if (beam[i] >= cachedNodes) {
          PageAdvice.willNeed(address(beam[i]), layout.recordBytes());
        }
      }
    }
    long start = System.nanoTime();
    int sum = 0;
    for (int i = 0; i < count; i++) {
      sum += NativeMemory.getInt(address(beam[i]) + layout.headerOffset());
    }
    boolean cold = System.nanoTime() - start > COLD_NANOSECONDS && sum != Integer.MIN_VALUE;
    return cold ? COLD_BEAMS : Math.max(0, coldBeams - 1);
  }
}

package dev.sagitta.engine.index.diskann;

import dev.sagitta.engine.index.graph.NativeMemory;
import dev.sagitta.engine.index.graph.RecordBlocks;
import java.lang.foreign.MemorySegment;

/**
 * The links of a graph under construction. A list has room for a few more links than it may keep in
 * the end, so that not every link to a full node means pruning. Entries behind the last link are
 * {@link #END}.
 *
 * <p>Walks take no lock. A list being rewritten shows them a mix of old and new links, all of which
 * lead to nodes.
 */
final class VamanaGraph {
  static final int END = -1;

  private static final double SLACK = 1.3;

  private final int nodeCount;
  private final int maximumDegree;
  private final int capacity;
  private final RecordBlocks lists;

  /** Makes a graph without links in memory of the owner. */
  VamanaGraph(OwnedMemory owner, int nodeCount, int maximumDegree) {
    this.nodeCount = nodeCount;
    this.maximumDegree = maximumDegree;
    this.capacity = (int) Math.ceil(SLACK * maximumDegree);
    int listBytes = Integer.BYTES * capacity;
    MemorySegment memory = owner.allocate((long) nodeCount * listBytes);
    memory.fill((byte) END);
    this.lists = RecordBlocks.over(memory, listBytes, nodeCount);
  }

  int nodeCount() {
    return nodeCount;
  }

  /** The most links of a node in the end. */
  int maximumDegree() {
    return maximumDegree;
  }

  /** The most links of a node during construction. */
  int capacity() {
    return capacity;
  }

  /** Copies the node's links to the target and answers their number. */
  int copyLinks(int node, int[] target) {
    long list = lists.address(node);
    int count = 0;
    while (count < capacity) {
      int link = NativeMemory.getInt(list + (long) Integer.BYTES * count);
      if (link == END) {
        break;
      }
      target[count++] = link;
    }
    return count;
  }

  int degree(int node) {
    long list = lists.address(node);
    int count = 0;
    while (count < capacity && NativeMemory.getInt(list + (long) Integer.BYTES * count) != END) {
      count++;
    }
    return count;
  }

  /** Adds a link to a list with room for it; the caller holds the node's lock. */
  void append(int node, int degree, int link) {
    NativeMemory.setInt(lists.address(node) + (long) Integer.BYTES * degree, link);
  }

  /** Replaces the list; the caller holds the node's lock. */
  void setLinks(int node, int[] links, int count) {
    long list = lists.address(node);
    for (int i = 0; i < capacity; i++) {
      NativeMemory.setInt(list + (long) Integer.BYTES * i, i < count ? links[i] : END);
    }
  }
}

package dev.sagitta.engine.index.compact;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.index.code.FastScanCode;
import dev.sagitta.engine.index.code.FastScanTables;
import dev.sagitta.engine.index.graph.NativeMemory;
import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;

/**
 * Groups of up to 32 nodes with their codes. A node has as many groups as its links need, one after
 * another, and behind them its own code, see {@link FastScanCode#ownBytes}, with zeros up to whole
 * cache lines; the groups of entry nodes have the same form without an own code.
 *
 * <pre>
 * 0    32 times int32: nodes, {@link #NONE} in the slots behind the last
 * 128  their codes, see FastScanCode.place
 * </pre>
 */
final class NodeBlocks {
  /** Fills slots without a node. */
  static final int NONE = -1;

  private static final int NODES_BYTES = 4 * FastScanCode.SLOTS;
  private static final int LINE_BYTES = 64;

  private final MemorySegment memory;
  private final long address;
  private final int groupBytes;
  private final int groupsPerNode;
  private final int nodeBytes;

  /**
   * @param memory native memory, kept reachable by this object and alive by the caller
   * @param groupsPerNode groups that belong together
   * @param ownBytes bytes of a node's own code
   */
  NodeBlocks(MemorySegment memory, FastScanCode code, int groupsPerNode, int ownBytes) {
    this.memory = requireNonNull(memory, "memory is null");
    this.address = memory.address();
    this.groupBytes = groupBytes(code);
    this.groupsPerNode = groupsPerNode;
    this.nodeBytes = nodeBytes(code, groupsPerNode, ownBytes);
  }

  private static int groupBytes(FastScanCode code) {
    return NODES_BYTES + code.blockBytes();
  }

  /** Bytes of a node with all that belongs to it. */
  static int nodeBytes(FastScanCode code, int groupsPerNode, int ownBytes) {
    int ownLines = Math.ceilDiv(ownBytes, LINE_BYTES);
    return groupBytes(code) * groupsPerNode + ownLines * LINE_BYTES;
  }

  /** Groups that a node with {@code 2 * m} links needs. */
  static int groupsPerNode(int m) {
    return Math.ceilDiv(2 * m, FastScanCode.SLOTS);
  }

  MemorySegment memory() {
    return memory;
  }

  int groupsPerNode() {
    return groupsPerNode;
  }

  /** Address of a group of the node at the index. */
  long group(int index, int number) {
    return address + (long) index * nodeBytes + (long) number * groupBytes;
  }

  /** Address of the own code of the node at the index. */
  long own(int index) {
    return group(index, groupsPerNode);
  }

  /** Sums up the codes of a group, see {@link FastScanTables#scan}. */
  static int scan(FastScanTables tables, long group, int limit, short[] sums) {
    return tables.scan(NativeMemory.ALL, group + NODES_BYTES, limit, sums);
  }

  static int node(long group, int slot) {
    return NativeMemory.getInt(group + 4L * slot);
  }

  /**
   * Loads a byte of each cache line of the node. The loads wait for nothing and nothing waits for
   * them, so that those of several nodes overlap.
   */
  int touch(int index) {
    long from = group(index, 0);
    long to = from + nodeBytes;
    int sum = 0;
    for (long at = from; at < to; at += LINE_BYTES) {
      sum += NativeMemory.ALL.get(LittleEndian.BYTE, at);
    }
    return sum;
  }

  /**
   * Fills the groups of the node at the index.
   *
   * @param codes the codes of all nodes, a byte a part
   */
  void fill(int index, int[] nodes, int count, FastScanCode code, MemorySegment codes) {
    for (int number = 0; number < groupsPerNode; number++) {
      long offset = group(index, number) - address;
      memory.asSlice(offset, groupBytes).fill((byte) 0);
      for (int slot = 0; slot < FastScanCode.SLOTS; slot++) {
        int position = number * FastScanCode.SLOTS + slot;
        int node = position < count ? nodes[position] : NONE;
        memory.set(LittleEndian.INT, offset + 4L * slot, node);
        if (node != NONE) {
          code.place(codes, (long) node * code.parts(), memory, offset + NODES_BYTES, slot);
        }
      }
    }
  }
}

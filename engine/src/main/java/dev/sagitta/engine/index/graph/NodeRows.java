package dev.sagitta.engine.index.graph;

import java.lang.foreign.MemorySegment;

/** Which row of its segment each node of a graph is. */
public final class NodeRows {
  /** Node numbers are row numbers. */
  public static final NodeRows IDENTITY = new NodeRows(0);

  private final long address;

  private NodeRows(long address) {
    this.address = address;
  }

  /** The rows as little-endian int32 in memory that the caller keeps alive. */
  public static NodeRows over(MemorySegment memory) {
    if (!memory.isNative() || memory.address() % Integer.BYTES != 0) {
      throw new IllegalArgumentException("memory does not hold rows: address=" + memory.address());
    }
    return new NodeRows(memory.address());
  }

  /** The row of a node, which the caller knows to exist. A damaged file may say anything. */
  public int row(int node) {
    return address == 0 ? node : NativeMemory.getInt(address + (long) Integer.BYTES * node);
  }
}

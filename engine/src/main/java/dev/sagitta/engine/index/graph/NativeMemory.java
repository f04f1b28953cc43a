package dev.sagitta.engine.index.graph;

import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Reads and writes at absolute addresses. A graph walk is a chain of random loads from blocks that
 * may lie anywhere; one constant segment over the whole address space lets the compiler drop the
 * bounds and liveness checks of each load. In return the callers of this class guarantee that every
 * address lies in memory that they keep alive: node numbers that were read from memory are checked
 * against the number of nodes before they become addresses.
 */
public final class NativeMemory {
  /** The whole address space. */
  public static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT.withOrder(ByteOrder.LITTLE_ENDIAN);

  private NativeMemory() {}

  /** The little-endian integer at the address. */
  public static int getInt(long address) {
    return ALL.get(INT, address);
  }

  /** The little-endian short at the address. */
  public static short getShort(long address) {
    return ALL.get(LittleEndian.SHORT, address);
  }

  /** Writes a little-endian integer. */
  public static void setInt(long address, int value) {
    ALL.set(INT, address, value);
  }

  /** Copies little-endian floats from the address to the start of the array. */
  public static void copyFloats(long address, float[] target, int count) {
    MemorySegment.copy(ALL, FLOAT, address, target, 0, count);
  }

  /** Copies floats from the start of the array to the address. */
  public static void setFloats(long address, float[] source, int count) {
    MemorySegment.copy(source, 0, ALL, FLOAT, address, count);
  }
}

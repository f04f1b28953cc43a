package dev.sagitta.engine.index.hnsw;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads and writes at absolute addresses. A graph walk is a chain of random loads from blocks that
 * may lie anywhere; one constant segment over the whole address space lets the compiler drop the
 * bounds and liveness checks of each load. In return the callers of this class guarantee that every
 * address lies in memory that they keep alive: node numbers that were read from memory are checked
 * against the number of nodes before they become addresses.
 */
final class NativeMemory {
  static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
  static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT_HANDLE =
      MethodHandles.insertCoordinates(INT.varHandle(), 0, ALL);

  private NativeMemory() {}

  static int getInt(long address) {
    return ALL.get(INT, address);
  }

  static void setInt(long address, int value) {
    ALL.set(INT, address, value);
  }

  static int getIntAcquire(long address) {
    return (int) INT_HANDLE.getAcquire(address);
  }

  static void setIntRelease(long address, int value) {
    INT_HANDLE.setRelease(address, value);
  }

  static void copyFloats(long address, float[] target, int count) {
    MemorySegment.copy(ALL, FLOAT, address, target, 0, count);
  }

  static void setFloats(long address, float[] source, int count) {
    MemorySegment.copy(source, 0, ALL, FLOAT, address, count);
  }
}

package dev.sagitta.engine.index.code;

import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;

/** Numbers of equal, small width packed without gaps, low bits first. */
final class PackedNumbers {
  private PackedNumbers() {}

  static void write(int[] numbers, int bits, MemorySegment target, long offset) {
    long pending = 0;
    int pendingBits = 0;
    long position = offset;
    for (int number : numbers) {
      pending |= (long) number << pendingBits;
      pendingBits += bits;
      while (pendingBits >= Byte.SIZE) {
        target.set(LittleEndian.BYTE, position++, (byte) pending);
        pending >>>= Byte.SIZE;
        pendingBits -= Byte.SIZE;
      }
    }
    if (pendingBits > 0) {
      target.set(LittleEndian.BYTE, position, (byte) pending);
    }
  }

  /** The number at the index; reads no byte that holds none of its bits. */
  static int read(MemorySegment source, long offset, int index, int bits) {
    long firstBit = (long) index * bits;
    long from = offset + (firstBit >>> 3);
    int shift = (int) (firstBit & 7);
    long value = 0;
    for (int read = 0; read < shift + bits; read += Byte.SIZE) {
      value |= (source.get(LittleEndian.BYTE, from++) & 0xffL) << read;
    }
    return (int) (value >>> shift) & ((1 << bits) - 1);
  }
}

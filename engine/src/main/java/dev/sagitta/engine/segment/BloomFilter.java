package dev.sagitta.engine.segment;

import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.MemorySegment;

/**
 * A bloom filter over hashes of primary keys, in memory of any kind. With {@value #BITS_PER_KEY}
 * bits and {@value #PROBES} probes a key about one of a thousand absent keys is taken for present.
 *
 * <p>With h the key's hash and g = {@code KeyHash.of(h) | 1}, probe i tests bit number floor((h + i
 * * g) / 2^64 * bits), the sum as an unsigned 64-bit number; bit b is bit {@code b & 7} of byte
 * {@code b >>> 3}.
 */
final class BloomFilter {
  private static final int BITS_PER_KEY = 15;
  private static final int PROBES = 10;

  private final MemorySegment memory;
  private final long bits;

  /** A filter over existing memory, of at least one byte. */
  BloomFilter(MemorySegment memory) {
    if (memory.byteSize() == 0) {
      throw new IllegalArgumentException("filter has no bits");
    }
    this.memory = memory;
    this.bits = memory.byteSize() * 8;
  }

  /** An empty filter for a number of keys. */
  static BloomFilter forKeys(int keyCount) {
    long bytes = Math.max(8, ((long) keyCount * BITS_PER_KEY + 7) / 8);
    return new BloomFilter(MemorySegment.ofArray(new byte[Math.toIntExact(bytes)]));
  }

  void add(long hash) {
    long step = KeyHash.of(hash) | 1;
    long probe = hash;
    for (int i = 0; i < PROBES; i++) {
      long bit = Math.unsignedMultiplyHigh(probe, bits);
      byte old = memory.get(LittleEndian.BYTE, bit >>> 3);
      memory.set(LittleEndian.BYTE, bit >>> 3, (byte) (old | 1 << (bit & 7)));
      probe += step;
    }
  }

  boolean mayContain(long hash) {
    long step = KeyHash.of(hash) | 1;
    long probe = hash;
    for (int i = 0; i < PROBES; i++) {
      long bit = Math.unsignedMultiplyHigh(probe, bits);
      if ((memory.get(LittleEndian.BYTE, bit >>> 3) & 1 << (bit & 7)) == 0) {
        return false;
      }
      probe += step;
    }
    return true;
  }

  MemorySegment memory() {
    return memory;
  }
}

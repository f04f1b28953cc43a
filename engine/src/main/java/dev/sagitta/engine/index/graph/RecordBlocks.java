package dev.sagitta.engine.index.graph;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Records of equal length in blocks that never move, so that readers need no lock while records are
 * added. Record {@code i} lies at {@code addresses[i >>> shift] + (i & mask) * recordBytes}. Who
 * learns of a record from another thread does so by an acquiring read, which covers the record's
 * block too.
 */
public final class RecordBlocks {
  /** Alignment of blocks. */
  public static final long ALIGNMENT_BYTES = 64;

  /** One block holds every record number, for memory of known size. */
  private static final int SINGLE_BLOCK_SHIFT = 31;

  private final int recordBytes;
  private final int shift;
  private final int mask;
  private final Arena arena;
  private final byte initial;
  private long[] addresses;
  private volatile int capacity;

  private RecordBlocks(
      int recordBytes, int shift, Arena arena, byte initial, long[] addresses, int capacity) {
    this.recordBytes = recordBytes;
    this.shift = shift;
    this.mask = (int) ((1L << shift) - 1);
    this.arena = arena;
    this.initial = initial;
    this.addresses = addresses;
    this.capacity = capacity;
  }

  /** Records that lie in existing memory, which the caller keeps alive. */
  public static RecordBlocks over(MemorySegment memory, int recordBytes, int capacity) {
    requireNonNull(memory, "memory is null");
    if (!memory.isNative()
        || memory.address() % ALIGNMENT_BYTES != 0
        || memory.byteSize() < (long) recordBytes * capacity) {
      throw new IllegalArgumentException(
          "memory does not hold the records: native="
              + memory.isNative()
              + " address="
              + memory.address()
              + " byteSize="
              + memory.byteSize()
              + " recordBytes="
              + recordBytes
              + " capacity="
              + capacity);
    }
    return new RecordBlocks(
        recordBytes, SINGLE_BLOCK_SHIFT, null, (byte) 0, new long[] {memory.address()}, capacity);
  }

  /** No records yet; blocks of {@code 1 << shift} zeroed records come from the arena on demand. */
  public static RecordBlocks growing(Arena arena, int recordBytes, int shift) {
    return growing(arena, recordBytes, shift, (byte) 0);
  }

  /** Like {@link #growing(Arena, int, int)}, with records of which all bytes are the given one. */
  public static RecordBlocks growing(Arena arena, int recordBytes, int shift, byte initial) {
    requireNonNull(arena, "arena is null");
    return new RecordBlocks(recordBytes, shift, arena, initial, new long[0], 0);
  }

  /** Address of the record, which the caller knows to exist. */
  public long address(int index) {
    return addresses[index >>> shift] + (long) (index & mask) * recordBytes;
  }

  /** Number of records that memory exists for. */
  public int capacity() {
    return capacity;
  }

  /** Bytes of memory that the records take. */
  public long sizeInBytes() {
    return (long) capacity * recordBytes;
  }

  /** Makes room for the records 0 to {@code count - 1}. */
  public void ensureCapacity(int count) {
    if (count <= capacity) {
      return;
    }
    synchronized (this) {
      while (capacity < count) {
        if (arena == null) {
          throw new IllegalStateException(
              "records of fixed number: count=" + count + " capacity=" + capacity);
        }
        long[] extended = Arrays.copyOf(addresses, addresses.length + 1);
        MemorySegment block = arena.allocate((long) recordBytes << shift, ALIGNMENT_BYTES);
        if (initial != 0) {
          block.fill(initial);
        }
        extended[addresses.length] = block.address();
        addresses = extended;
        capacity = extended.length << shift;
      }
    }
  }
}

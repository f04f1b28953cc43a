package dev.sagitta.engine.storage;

import java.lang.foreign.MemorySegment;
import java.util.zip.CRC32C;

/** CRC32C of memory of any length. Not safe for concurrent use. */
final class Checksum {
  /** A byte buffer can be no longer than an int. */
  private static final long PIECE_BYTES = 1L << 30;

  private final CRC32C crc = new CRC32C();

  void update(MemorySegment memory) {
    for (long from = 0; from < memory.byteSize(); from += PIECE_BYTES) {
      long length = Math.min(PIECE_BYTES, memory.byteSize() - from);
      crc.update(memory.asSlice(from, length).asByteBuffer());
    }
  }

  int value() {
    return (int) crc.getValue();
  }

  static int of(MemorySegment memory) {
    Checksum checksum = new Checksum();
    checksum.update(memory);
    return checksum.value();
  }
}

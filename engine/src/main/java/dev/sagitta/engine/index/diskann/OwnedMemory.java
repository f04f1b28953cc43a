package dev.sagitta.engine.index.diskann;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;

/** Off-heap memory that several threads use and that is freed all at once. */
final class OwnedMemory implements AutoCloseable {
  private static final long ALIGNMENT_BYTES = 64;

  private final Arena arena = Arena.ofShared();

  /** Zeroed memory, aligned to 64 bytes; the segment has an address even if it is empty. */
  MemorySegment allocate(long bytes) {
    return arena.allocate(Math.max(1, bytes), ALIGNMENT_BYTES).asSlice(0, bytes);
  }

  /** The first bytes of a file, for reading. */
  MemorySegment map(FileChannel channel, long bytes) throws IOException {
    return bytes == 0 ? allocate(0) : channel.map(FileChannel.MapMode.READ_ONLY, 0, bytes, arena);
  }

  @Override
  public void close() {
    arena.close();
  }
}

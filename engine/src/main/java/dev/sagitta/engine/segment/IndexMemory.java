package dev.sagitta.engine.segment;

import dev.sagitta.engine.storage.BlockFile;
import dev.sagitta.engine.storage.HugePages;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where index files are searched: in huge pages as long as a budget lasts, else in a map of the
 * file. Safe for concurrent use.
 */
public final class IndexMemory {
  private final long bytesMax;
  private final AtomicLong bytesUsed = new AtomicLong();

  /**
   * @param bytesMax the most bytes to hold in huge pages at a time; 0 maps all files
   */
  public IndexMemory(long bytesMax) {
    if (bytesMax < 0) {
      throw new IllegalArgumentException("bytesMax is negative: bytesMax=" + bytesMax);
    }
    this.bytesMax = bytesMax;
  }

  /** All files are mapped. */
  public static IndexMemory mapped() {
    return new IndexMemory(0);
  }

  /** Bytes held in huge pages now. */
  public long bytesUsed() {
    return bytesUsed.get();
  }

  /** The file's bytes, until the arena is closed. */
  MemorySegment load(Path file, Arena arena) throws IOException {
    long bytes = Files.size(file);
    if (bytesUsed.addAndGet(bytes) <= bytesMax) {
      boolean taken = false;
      try {
        Optional<MemorySegment> copy =
            HugePages.copyOf(file, arena, () -> bytesUsed.addAndGet(-bytes));
        taken = copy.isPresent();
        if (taken) {
          return copy.get();
        }
      } finally {
        if (!taken) {
          bytesUsed.addAndGet(-bytes);
        }
      }
    } else {
      bytesUsed.addAndGet(-bytes);
    }
    return BlockFile.map(file, arena);
  }
}

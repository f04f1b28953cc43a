package dev.sagitta.engine.storage;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Copies of files in memory that the system may back with huge pages, which a map of a file never
 * gets. Random reads then miss the processor's table of pages less often. Linux only; where it does
 * not work, callers map the file instead.
 */
public final class HugePages {
  private static final Logger LOGGER = System.getLogger(HugePages.class.getName());

  private static final long HUGE_PAGE_BYTES = 2L << 20;

  /** Below this the processor's table holds all ordinary pages anyway. */
  private static final long FILE_BYTES_MIN = 2 * HUGE_PAGE_BYTES;

  // Numbers of Linux, on all of its processors that a JDK runs on.
  private static final int PROT_READ = 1;
  private static final int PROT_WRITE = 2;
  private static final int MAP_PRIVATE_ANONYMOUS = 0x22;
  private static final int MADV_HUGEPAGE = 14;
  private static final long MAP_FAILED = -1;

  private static final Optional<Calls> CALLS = find();

  private HugePages() {}

  private record Calls(
      MethodHandle map, MethodHandle unmap, MethodHandle advise, MethodHandle protect) {}

  /**
   * The file's bytes, read into memory of their own that cannot be written to.
   *
   * @param arena frees the memory when it is closed
   * @param whenFreed runs behind that; only if something is returned
   * @return empty if the file is too small to gain anything, or the system refuses
   */
  public static Optional<MemorySegment> copyOf(Path file, Arena arena, Runnable whenFreed)
      throws IOException {
    requireNonNull(arena, "arena is null");
    requireNonNull(whenFreed, "whenFreed is null");
    if (CALLS.isEmpty()) {
      return Optional.empty();
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long bytes = channel.size();
      if (bytes < FILE_BYTES_MIN) {
        return Optional.empty();
      }
      long rounded = Math.ceilDiv(bytes, HUGE_PAGE_BYTES) * HUGE_PAGE_BYTES;
      Optional<MemorySegment> memory = allocate(CALLS.get(), rounded, arena, whenFreed);
      if (memory.isEmpty()) {
        return Optional.empty();
      }
      MemorySegment copy = memory.get().asSlice(0, bytes);
      read(channel, copy);
      long _ = call(CALLS.get().protect, copy.address(), rounded, PROT_READ);
      return Optional.of(copy.asReadOnly());
    }
  }

  private static Optional<MemorySegment> allocate(
      Calls calls, long bytes, Arena arena, Runnable whenFreed) {
    long reserved = bytes + HUGE_PAGE_BYTES;
    long address = mapAnonymous(calls, reserved);
    if (address == MAP_FAILED) {
      return Optional.empty();
    }
    long start = Math.ceilDiv(address, HUGE_PAGE_BYTES) * HUGE_PAGE_BYTES;
    if (call(calls.advise, start, bytes, MADV_HUGEPAGE) != 0) {
      unmap(calls, address, reserved);
      return Optional.empty();
    }
    MemorySegment memory =
        MemorySegment.ofAddress(address)
            .reinterpret(
                reserved,
                arena,
                _ -> {
                  unmap(calls, address, reserved);
                  whenFreed.run();
                });
    return Optional.of(memory.asSlice(start - address, bytes));
  }

  private static void read(FileChannel channel, MemorySegment target) throws IOException {
    long position = 0;
    while (position < target.byteSize()) {
      long length = Math.min(1 << 30, target.byteSize() - position);
      int read = channel.read(target.asSlice(position, length).asByteBuffer(), position);
      if (read < 0) {
        throw new IOException("file became shorter while it was read: at=" + position);
      }
      position += read;
    }
  }

  private static long mapAnonymous(Calls calls, long bytes) {
    try {
      return (long)
          calls.map.invokeExact(0L, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE_ANONYMOUS, -1, 0L);
    } catch (Throwable e) {
      throw new IllegalStateException("mmap cannot be called", e);
    }
  }

  private static void unmap(Calls calls, long address, long bytes) {
    try {
      int _ = (int) calls.unmap.invokeExact(address, bytes);
    } catch (Throwable e) {
      throw new IllegalStateException("munmap cannot be called", e);
    }
  }

  private static int call(MethodHandle function, long address, long bytes, int argument) {
    try {
      return (int) function.invokeExact(address, bytes, argument);
    } catch (Throwable e) {
      throw new IllegalStateException("the C library cannot be called", e);
    }
  }

  private static Optional<Calls> find() {
    if (!System.getProperty("os.name").startsWith("Linux")) {
      return Optional.empty();
    }
    try {
      ValueLayout.OfInt integer = ValueLayout.JAVA_INT;
      ValueLayout.OfLong word = ValueLayout.JAVA_LONG;
      FunctionDescriptor advice = FunctionDescriptor.of(integer, word, word, integer);
      return Optional.of(
          new Calls(
              find(
                  "mmap", FunctionDescriptor.of(word, word, word, integer, integer, integer, word)),
              find("munmap", FunctionDescriptor.of(integer, word, word)),
              find("madvise", advice),
              find("mprotect", advice)));
    } catch (RuntimeException | LinkageError e) {
      LOGGER.log(Level.INFO, "indexes stay mapped, without huge pages: {0}", e.toString());
      return Optional.empty();
    }
  }

  private static MethodHandle find(String name, FunctionDescriptor descriptor) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
  }
}

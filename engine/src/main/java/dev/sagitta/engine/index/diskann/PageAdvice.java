package dev.sagitta.engine.index.diskann;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Tells the system how mapped pages will be used, with the C library's {@code madvise}. It is only
 * advice: where there is no such function, or it refuses, everything works, slower.
 */
final class PageAdvice {
  private static final Logger LOGGER = System.getLogger(PageAdvice.class.getName());

  /** Numbers of Linux; other systems have other ones for some, so that they are not asked. */
  private static final int RANDOM = 1;

  private static final int WILL_NEED = 3;

  private static final long PAGE_BYTES = 4096;

  private static final MethodHandle MADVISE = find().orElse(null);

  private PageAdvice() {}

  /** Pages are read one at a time, in no order: reading ahead would only push out others. */
  static void random(MemorySegment memory) {
    advise(memory.address(), memory.byteSize(), RANDOM);
  }

  /** Pages are needed soon: reading them begins, without waiting for it. */
  static void willNeed(long address, long bytes) {
    advise(address, bytes, WILL_NEED);
  }

  private static void advise(long address, long bytes, int advice) {
    if (MADVISE == null || bytes == 0) {
      return;
    }
    long start = address & -PAGE_BYTES;
    try {
      // The result does not matter, it was only advice.
      int ignored = (int) MADVISE.invokeExact(start, address + bytes - start, advice);
    } catch (Throwable e) {
      throw new IllegalStateException("madvise cannot be called", e);
    }
  }

  private static Optional<MethodHandle> find() {
    if (!System.getProperty("os.name").startsWith("Linux")) {
      return Optional.empty();
    }
    try {
      Linker linker = Linker.nativeLinker();
      FunctionDescriptor descriptor =
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_INT);
      return linker
          .defaultLookup()
          .find("madvise")
          .map(function -> linker.downcallHandle(function, descriptor));
    } catch (RuntimeException | LinkageError e) {
      LOGGER.log(Level.INFO, "pages are read without advice to the system: {0}", e.toString());
      return Optional.empty();
    }
  }
}

package dev.sagitta.engine.index.ivf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sagitta.engine.AllocatedBytes;
import dev.sagitta.engine.TestGroups;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestFastScanKernels {
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final FastScanKernel simd = FastScanKernels.preferred();

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 6, 26, 128})
  void testAgreesWithPlainLoops(int pairs) {
    assertThat(simd).isInstanceOf(SimdFastScanKernel.class);
    byte[] tables = new byte[pairs * 32];
    random.nextBytes(tables);
    byte[] bytes = new byte[pairs * 32];
    random.nextBytes(bytes);
    int[] expected = new int[32];
    int[] actual = new int[32];
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment codes = arena.allocate(bytes.length + 7);
      MemorySegment.copy(bytes, 0, codes, ValueLayout.JAVA_BYTE, 7, bytes.length);
      short[] scratch = new short[FastScanKernel.SCRATCH];
      new ScalarFastScanKernel().sums(codes, 7, pairs, tables, scratch, expected);
      simd.sums(codes, 7, pairs, tables, scratch, actual);
    }
    assertThat(actual).as("seed=%d", seed).isEqualTo(expected);
  }

  /** Vectors that escape to the heap would cost kilobytes a block; only compiled code counts. */
  @Tag(TestGroups.ALLOCATION)
  @Test
  void testDoesNotAllocate() {
    byte[] tables = new byte[26 * 32];
    short[] scratch = new short[FastScanKernel.SCRATCH];
    int[] sums = new int[32];
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment codes = arena.allocate(26 * 32);
      long allocated =
          AllocatedBytes.untilAtMost(
              256,
              () -> {
                for (int i = 0; i < 10_000; i++) {
                  simd.sums(codes, 0, 26, tables, scratch, sums);
                }
              });
      assertThat(allocated).isLessThanOrEqualTo(256);
    }
  }
}

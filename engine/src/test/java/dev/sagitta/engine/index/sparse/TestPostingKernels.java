package dev.sagitta.engine.index.sparse;

import static dev.sagitta.engine.index.sparse.PostingKernel.BLOCK_ROWS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sagitta.engine.AllocatedBytes;
import dev.sagitta.engine.TestGroups;
import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernel of this process must do exactly what plain loops do. */
class TestPostingKernels {
  private static final PostingKernel SCALAR = new ScalarPostingKernel();
  private static final PostingKernel PREFERRED = PostingKernels.preferred();

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 7, 31, 64, 101, 1021})
  void testSparseChunks(int count) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment chunk = arena.allocate(3L * count + 1, 1).asSlice(1);
      int row = 0;
      for (int i = 0; i < count; i++) {
        // Rows of a later block lie in its accumulators too.
        chunk.set(LittleEndian.SHORT, 2L * i, (short) (BLOCK_ROWS + row));
        chunk.set(LittleEndian.BYTE, 2L * count + i, (byte) random.nextInt(256));
        row += 1 + random.nextInt(4);
      }
      int weight = 1 + random.nextInt(1 << 20);
      int[] expected = sums(1 << 28);
      int[] actual = expected.clone();
      long impacts = chunk.address() + 2L * count;
      SCALAR.addSparse(chunk.address(), impacts, count, weight, expected);
      PREFERRED.addSparse(chunk.address(), impacts, count, weight, actual);
      assertThat(actual).as("seed=%d", seed).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 128, 1984, BLOCK_ROWS})
  void testDenseChunks(int rowCount) {
    try (Arena arena = Arena.ofConfined()) {
      long[] impacts = new long[4];
      for (int list = 0; list < impacts.length; list++) {
        impacts[list] = impacts(arena, rowCount).address();
      }
      int[] weights = random.ints(4, 0, 1 << 20).toArray();
      int[] expected = sums(1 << 28);
      int[] one = expected.clone();
      int[] four = expected.clone();
      for (int list = 0; list < impacts.length; list++) {
        SCALAR.addDense(impacts[list], rowCount, weights[list], expected);
        PREFERRED.addDense(impacts[list], rowCount, weights[list], one);
      }
      addFour(impacts, weights, rowCount, four);
      assertThat(one).as("seed=%d", seed).isEqualTo(expected);
      assertThat(four).as("seed=%d", seed).isEqualTo(expected);
    }
  }

  @Test
  void testFindsRowsThatReachTheThreshold() {
    for (int round = 0; round < 300; round++) {
      int[] sums = sums(20);
      int threshold = random.nextInt(24) - 2;
      int to = random.nextInt(BLOCK_ROWS + 1);
      int from = random.nextInt(to + 1);
      assertThat(PREFERRED.nextAtLeast(sums, from, to, threshold))
          .as("from=%d to=%d threshold=%d seed=%d", from, to, threshold, seed)
          .isEqualTo(SCALAR.nextAtLeast(sums, from, to, threshold));
    }
  }

  @Tag(TestGroups.ALLOCATION)
  @Test
  void testAllocatesNothing() {
    try (Arena arena = Arena.ofConfined()) {
      long impacts = impacts(arena, BLOCK_ROWS).address();
      long[] four = {impacts, impacts, impacts, impacts};
      int[] weights = {1, 2, 3, 4};
      int[] sums = new int[BLOCK_ROWS];
      int[] found = new int[1];
      long allocated =
          AllocatedBytes.untilAtMost(
              0,
              () -> {
                for (int i = 0; i < 20; i++) {
                  PREFERRED.addDense(impacts, BLOCK_ROWS, 0, sums);
                  addFour(four, weights, BLOCK_ROWS, sums);
                  found[0] += PREFERRED.nextAtLeast(sums, 0, BLOCK_ROWS, Integer.MAX_VALUE);
                }
              });
      assertThat(found[0]).isPositive();
      assertThat(allocated).isZero();
    }
  }

  private static void addFour(long[] impacts, int[] weights, int rowCount, int[] sums) {
    PREFERRED.addFourDense(
        impacts[0],
        weights[0],
        impacts[1],
        weights[1],
        impacts[2],
        weights[2],
        impacts[3],
        weights[3],
        rowCount,
        sums);
  }

  private int[] sums(int bound) {
    return random.ints(BLOCK_ROWS, 0, bound).toArray();
  }

  private MemorySegment impacts(Arena arena, int rowCount) {
    byte[] bytes = new byte[rowCount];
    random.nextBytes(bytes);
    MemorySegment chunk = arena.allocate(rowCount + 8L).asSlice(8);
    MemorySegment.copy(bytes, 0, chunk, LittleEndian.BYTE, 0, rowCount);
    return chunk;
  }
}

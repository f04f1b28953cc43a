package dev.sagitta.engine.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sagitta.engine.AllocatedBytes;
import dev.sagitta.engine.TestGroups;
import dev.sagitta.engine.storage.LittleEndian;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernels agree with sets of bits, and leave no garbage. */
class TestBinaryVectorKernels {
  private static final int ROWS = 5;

  private final BinaryVectorKernel scalar = new ScalarBinaryVectorKernel();
  private final BinaryVectorKernel simd = VectorKernels.binary();

  @Test
  void testVectorApiIsUsedHere() {
    assertThat(simd.name()).startsWith("simd-");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 9, 15, 16, 31, 32, 33, 63, 64, 65, 71, 96, 127, 128, 129, 1021})
  void testAgreesWithSetsOfBits(int bytes) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (Arena arena = Arena.ofConfined()) {
      int misalignment = random.nextInt(9);
      byte[] query = new byte[3 + bytes];
      random.nextBytes(query);
      query[3] |= 1;
      byte[] content = new byte[misalignment + ROWS * bytes];
      random.nextBytes(content);
      MemorySegment rows = arena.allocate(content.length, 64);
      MemorySegment.copy(content, 0, rows, LittleEndian.BYTE, 0, content.length);
      for (BinaryVectorKernel kernel : new BinaryVectorKernel[] {scalar, simd}) {
        compare(kernel, query, rows, misalignment, bytes, "bytes=" + bytes + " seed=" + seed);
      }
    }
  }

  @Test
  void testVectorsWithoutBitsHaveJaccardDistanceOne() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment rows = arena.allocate(100);
      float[] scores = new float[4];
      for (BinaryVectorKernel kernel : new BinaryVectorKernel[] {scalar, simd}) {
        assertThat(kernel.jaccardDistance(new byte[100], 0, rows, 0, 100)).isEqualTo(1);
        kernel.jaccardDistances(new byte[25], 0, rows, 0, 25, 50, 75, 25, scores);
        assertThat(scores).containsOnly(1);
      }
    }
  }

  @Tag(TestGroups.ALLOCATION)
  @Test
  void testAllocatesNothing() {
    int bytes = 125;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment rows = arena.allocate(4L * bytes);
      byte[] query = new byte[bytes];
      float[] scores = new float[4];
      long allocated = AllocatedBytes.untilAtMost(0, () -> runAll(query, rows, bytes, scores));
      assertThat(allocated).isZero();
    }
  }

  private float runAll(byte[] query, MemorySegment rows, int bytes, float[] scores) {
    float sum = 0;
    for (int i = 0; i < 2000; i++) {
      sum += simd.hammingDistance(query, 0, rows, bytes, bytes);
      sum += simd.jaccardDistance(query, 0, rows, bytes, bytes);
      simd.hammingDistances(query, 0, rows, 0, bytes, 2L * bytes, 3L * bytes, bytes, scores);
      sum += scores[0];
      simd.jaccardDistances(query, 0, rows, 0, bytes, 2L * bytes, 3L * bytes, bytes, scores);
      sum += scores[1];
    }
    return sum;
  }

  private static void compare(
      BinaryVectorKernel kernel,
      byte[] query,
      MemorySegment rows,
      long firstOffset,
      int bytes,
      String label) {
    long second = firstOffset + bytes;
    float[] hamming = new float[4];
    float[] jaccard = new float[4];
    kernel.hammingDistances(
        query,
        3,
        rows,
        second,
        second + bytes,
        second + 2L * bytes,
        second + 3L * bytes,
        bytes,
        hamming);
    kernel.jaccardDistances(
        query,
        3,
        rows,
        second,
        second + bytes,
        second + 2L * bytes,
        second + 3L * bytes,
        bytes,
        jaccard);
    MemorySegment queryBits = MemorySegment.ofArray(query).asSlice(3, bytes);
    BitSet left = BitSet.valueOf(queryBits.asByteBuffer());
    for (int row = 0; row < ROWS; row++) {
      long offset = firstOffset + (long) row * bytes;
      BitSet right = BitSet.valueOf(rows.asSlice(offset, bytes).asByteBuffer());
      BitSet different = (BitSet) left.clone();
      different.xor(right);
      BitSet common = (BitSet) left.clone();
      common.and(right);
      BitSet either = (BitSet) left.clone();
      either.or(right);
      int expectedHamming = different.cardinality();
      float expectedJaccard =
          (float) (either.cardinality() - common.cardinality()) / either.cardinality();
      String culprit = kernel.name() + " row=" + row + " " + label;
      assertThat(kernel.hammingDistance(query, 3, rows, offset, bytes))
          .as(culprit)
          .isEqualTo(expectedHamming);
      assertThat(kernel.jaccardDistance(query, 3, rows, offset, bytes))
          .as(culprit)
          .isEqualTo(expectedJaccard);
      if (row > 0) {
        assertThat(hamming[row - 1]).as(culprit).isEqualTo(expectedHamming);
        assertThat(jaccard[row - 1]).as(culprit).isEqualTo(expectedJaccard);
      }
    }
  }
}

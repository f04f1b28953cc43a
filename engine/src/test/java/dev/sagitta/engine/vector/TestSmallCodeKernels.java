package dev.sagitta.engine.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Distances of codes of seven bits are integers, so that both kernels give the same. */
class TestSmallCodeKernels {
  @Test
  void testKernelsAgree() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    SmallCodeKernel scalar = new ScalarSmallCodeKernel();
    for (int multiples : new int[] {1, 2, 3, 4, 5, 7, 13, 31}) {
      int length = multiples * SmallCodeKernel.BYTES_MULTIPLE;
      byte[] bytes = new byte[8 * length + 1];
      for (int i = 0; i < bytes.length; i++) {
        // The greatest differences come up too: they fill the sums of 16 bits.
        int kind = random.nextInt(3);
        bytes[i] = (byte) (kind == 0 ? 0 : kind == 1 ? 127 : random.nextInt(128));
      }
      short[] base = new short[length];
      for (int i = 0; i < length; i++) {
        base[i] = (short) (random.nextBoolean() ? 0 : 127 * random.nextInt(2));
      }
      long[] offsets = new long[9];
      for (int i = 0; i < offsets.length; i++) {
        offsets[i] = 1 + (long) random.nextInt(8) * length;
      }
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment rows = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
        float[] expected = new float[9];
        float[] actual = new float[9];
        for (int from : new int[] {1, 5}) {
          scalar.squaredDistances(base, rows, offsets, from, expected);
          VectorKernels.smallCodes().squaredDistances(base, rows, offsets, from, actual);
        }
        assertThat(actual).as("length=" + length + " seed=" + seed).isEqualTo(expected);
        for (long offset : offsets) {
          short[] read = new short[length];
          short[] wanted = new short[length];
          scalar.readBase(rows, offset, wanted);
          VectorKernels.smallCodes().readBase(rows, offset, read);
          assertThat(read).isEqualTo(wanted);
          assertThat(read[length - 1]).isEqualTo(bytes[(int) offset + length - 1]);
        }
        assertThat(expected[1]).isEqualTo(distance(base, bytes, (int) offsets[1]));
      }
    }
    assertThat(VectorKernels.smallCodes()).isNotInstanceOf(ScalarSmallCodeKernel.class);
  }

  private static float distance(short[] base, byte[] bytes, int offset) {
    long sum = 0;
    for (int i = 0; i < base.length; i++) {
      long difference = (long) base[i] - bytes[offset + i];
      sum += difference * difference;
    }
    return sum;
  }
}

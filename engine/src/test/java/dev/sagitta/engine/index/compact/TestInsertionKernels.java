package dev.sagitta.engine.index.compact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Sorted arrays: the same from both kernels, and what a sorted set would hold. */
class TestInsertionKernels {
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @Test
  void testKernelsAgree() {
    assertThat(InsertionKernels.preferred()).isNotInstanceOf(ScalarInsertionKernel.class);
    InsertionKernel scalar = new ScalarInsertionKernel();
    InsertionKernel simd = new SimdInsertionKernel();
    for (int capacity : new int[] {8, 16, 24, 104}) {
      long[] expected = new long[InsertionKernel.GUARD + capacity];
      Arrays.fill(expected, 0, InsertionKernel.GUARD, Long.MIN_VALUE);
      Arrays.fill(expected, InsertionKernel.GUARD, expected.length, SortedNumbers.FREE);
      long[] actual = expected.clone();
      for (int i = 0; i < 1000; i++) {
        long number = 2L * random.nextInt(300);
        if (number >= expected[expected.length - 1]) {
          continue;
        }
        int position = scalar.insert(expected, expected.length, number);
        String label = "capacity=" + capacity + " i=" + i + " seed=" + seed;
        assertThat(simd.insert(actual, actual.length, number)).as(label).isEqualTo(position);
        assertThat(actual).as(label).isEqualTo(expected);
        if (position >= 0 && random.nextBoolean()) {
          expected[position] |= 1;
          actual[position] |= 1;
        }
      }
    }
  }

  @Test
  void testSortedNumbersKeepTheLeast() {
    SortedNumbers numbers = new SortedNumbers();
    for (int capacity : new int[] {1, 2, 7, 8, 9, 31, 100, 257}) {
      numbers.reset(capacity);
      TreeSet<Long> expected = new TreeSet<>();
      for (int i = 0; i < 3 * capacity; i++) {
        long number = 2L * (random.nextInt(4 * capacity) - capacity);
        boolean isNew = expected.add(number);
        if (expected.size() > capacity && expected.pollLast() == number) {
          isNew = false;
        }
        String label = "capacity=" + capacity + " seed=" + seed;
        int position = numbers.add(number);
        assertThat(position >= 0).as(label).isEqualTo(isNew);
        assertThat(position).as(label).isEqualTo(isNew ? expected.headSet(number).size() : -1);
        assertThat(numbers.size()).as(label).isEqualTo(expected.size());
      }
      assertThat(numbers.capacity()).isEqualTo(capacity);
      int position = 0;
      for (long number : expected) {
        assertThat(numbers.get(position++)).isEqualTo(number);
      }
      long last = expected.size() == capacity ? expected.last() : SortedNumbers.FREE;
      assertThat(numbers.last()).isEqualTo(last);
    }
  }

  @Test
  void testScoredNodesAreInOrderOfScores() {
    float[] scores = {Float.NEGATIVE_INFINITY, -3e9f, -1, -0.5f, 0, 1e-30f, 2, 7e12f};
    for (int i = 0; i < scores.length; i++) {
      long scored = ScoredNode.of(scores[i], Integer.MAX_VALUE - i);
      assertThat(ScoredNode.score(scored)).isEqualTo(scores[i]);
      assertThat(ScoredNode.node(scored)).isEqualTo(Integer.MAX_VALUE - i);
      assertThat(scored & 1).isZero();
      if (i > 0) {
        assertThat(scored).isGreaterThan(ScoredNode.of(scores[i - 1], Integer.MAX_VALUE));
      }
    }
  }

  @Test
  void testSeenNodesMayForgetButNeverInvent() {
    SeenNodes seen = new SeenNodes();
    for (int candidates : new int[] {1, 100, 1 << 20}) {
      seen.reset(candidates);
      TreeSet<Integer> met = new TreeSet<>();
      int remembered = 0;
      for (int i = 0; i < 2000; i++) {
        int node = random.nextInt(500);
        boolean isNew = seen.isNew(node);
        if (met.add(node)) {
          assertThat(isNew).as("node=" + node + " seed=" + seed).isTrue();
        } else {
          remembered += isNew ? 0 : 1;
        }
      }
      assertThat(remembered).as("seed=" + seed).isGreaterThan(800);
    }
  }
}

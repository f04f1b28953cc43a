package dev.sagitta.engine.scalarindex.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sorted pairs agree with a plain sort, in memory and through files. */
class TestPairSorter {
  private static final PairLimits TINY = new PairLimits(700, 9_000, 3);

  private record LongPair(long key, int row) {}

  private record BytePair(byte[] key, int row) {}

  @Test
  void numbers(@TempDir Path directory) throws IOException {
    long seed = new Random().nextLong();
    System.out.println("TestPairSorter seed=" + seed);
    for (PairLimits limits : List.of(TINY, PairLimits.DEFAULT)) {
      for (long range : new long[] {1, 50, Long.MAX_VALUE}) {
        checkNumbers(directory, limits, range, new Random(seed));
      }
    }
  }

  private static void checkNumbers(Path directory, PairLimits limits, long range, Random random)
      throws IOException {
    List<LongPair> expected = new ArrayList<>();
    List<LongPair> actual = new ArrayList<>();
    try (PairSorter sorter = new PairSorter(directory.resolve("sort"), false, limits)) {
      for (int row = 0; row < 5_000; row++) {
        long key =
            switch (random.nextInt(20)) {
              case 0 -> Long.MIN_VALUE;
              case 1 -> Long.MAX_VALUE;
              default -> random.nextLong(range) - range / 2;
            };
        sorter.key(key, row);
        expected.add(new LongPair(key, row));
      }
      try (SortedPairs pairs = sorter.sorted()) {
        while (pairs.next()) {
          actual.add(new LongPair(pairs.prefix() ^ Long.MIN_VALUE, pairs.row()));
        }
      }
    }
    expected.sort(Comparator.comparingLong(LongPair::key));
    assertThat(actual).isEqualTo(expected);
    assertNoFiles(directory);
  }

  @Test
  void bytes(@TempDir Path directory) throws IOException {
    long seed = new Random().nextLong();
    System.out.println("TestPairSorter seed=" + seed);
    for (PairLimits limits : List.of(TINY, PairLimits.DEFAULT)) {
      checkBytes(directory, limits, new Random(seed));
    }
  }

  private static void checkBytes(Path directory, PairLimits limits, Random random)
      throws IOException {
    List<BytePair> expected = new ArrayList<>();
    List<BytePair> actual = new ArrayList<>();
    try (PairSorter sorter = new PairSorter(directory.resolve("sort"), true, limits)) {
      for (int row = 0; row < 5_000; row++) {
        byte[] key = key(random);
        sorter.key(key, 0, key.length, row);
        expected.add(new BytePair(key, row));
      }
      try (SortedPairs pairs = sorter.sorted()) {
        while (pairs.next()) {
          byte[] key =
              Arrays.copyOfRange(pairs.bytes(), pairs.offset(), pairs.offset() + pairs.length());
          actual.add(new BytePair(key, pairs.row()));
        }
      }
    }
    expected.sort((left, right) -> Arrays.compareUnsigned(left.key, right.key));
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.size(); i++) {
      assertThat(actual.get(i).row).isEqualTo(expected.get(i).row);
      assertThat(actual.get(i).key).isEqualTo(expected.get(i).key);
    }
    assertNoFiles(directory);
  }

  /** Keys that share long prefixes, end inside of each other, and hold zero bytes. */
  private static byte[] key(Random random) {
    StringBuilder key = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      switch (random.nextInt(5)) {
        case 0 -> key.append("python3-");
        case 1 -> key.append('\0');
        case 2 -> key.append("żó日本𝄞");
        case 3 -> key.append((char) random.nextInt(128));
        default -> key.append("a-rather-long-common-prefix");
      }
    }
    return key.toString().getBytes(UTF_8);
  }

  private static void assertNoFiles(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }
}

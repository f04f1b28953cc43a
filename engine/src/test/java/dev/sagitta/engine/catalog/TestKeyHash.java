package dev.sagitta.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sagitta.engine.column.PrimaryKeys;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Rows are found by these numbers: they must never change. */
final class TestKeyHash {
  @Test
  void testKnownValues() {
    assertThat(KeyHash.hash(0L)).isZero();
    assertThat(KeyHash.hash(1L)).isEqualTo(0xb456bcfc34c2cb2cL);
    assertThat(KeyHash.hash("")).isZero();
    assertThat(KeyHash.hash("test")).isEqualTo(0xba6bd213);
    assertThat(KeyHash.hash("hello")).isEqualTo(0x248bfa47);
    assertThat(KeyHash.hash("Hello, world!")).isEqualTo(0xc0363e43);
    assertThat(KeyHash.hash("The quick brown fox jumps over the lazy dog")).isEqualTo(0x2e4ff723);
  }

  @Test
  void testShardsAreEven() {
    PrimaryKeys integers = new PrimaryKeys.LongKeys(LongStream.range(0, 30_000).toArray());
    PrimaryKeys texts =
        new PrimaryKeys.StringKeys(
            IntStream.range(0, 30_000).mapToObj(i -> "key-" + i).toArray(String[]::new));
    for (PrimaryKeys keys : new PrimaryKeys[] {integers, texts}) {
      int[] counts = new int[3];
      Arrays.stream(KeyHash.shardsOf(keys, 3)).forEach(shard -> counts[shard]++);
      for (int count : counts) {
        assertThat(count).isBetween(9_500, 10_500);
      }
      assertThat(KeyHash.shardsOf(keys, 1)).containsOnly(0);
    }
  }
}

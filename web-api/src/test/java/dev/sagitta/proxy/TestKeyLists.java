package dev.sagitta.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sagitta.engine.column.PrimaryKeys;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class TestKeyLists {
  @Test
  void testTextsAreInTheOrderOfTheirBytes() {
    String[] texts = {
      "", "a", "ab", "b", "\u00fc", "\uffee", "\ud83d\ude00", "\ud83d\ude01", "a\ud83d\ude00"
    };
    PrimaryKeys keys = new PrimaryKeys.StringKeys(texts);
    for (int i = 0; i < texts.length; i++) {
      for (int j = 0; j < texts.length; j++) {
        int expected = Arrays.compareUnsigned(texts[i].getBytes(UTF_8), texts[j].getBytes(UTF_8));
        assertThat(Integer.signum(KeyLists.compare(keys, i, keys, j)))
            .as("%s %s", texts[i], texts[j])
            .isEqualTo(Integer.signum(expected));
      }
    }
  }

  @Test
  void testSelection() {
    PrimaryKeys keys = new PrimaryKeys.LongKeys(new long[] {5, 6, 7});
    assertThat(KeyLists.asList(KeyLists.select(keys, new int[] {2, 0}))).containsExactly(7L, 5L);
    assertThat(KeyLists.compare(keys, 0, keys, 1)).isNegative();
  }
}

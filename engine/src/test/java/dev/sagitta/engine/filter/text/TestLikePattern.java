package dev.sagitta.engine.filter.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Patterns and sets of strings on bytes, against java.util.regex and HashSet. */
class TestLikePattern {
  private static final String[] CHARACTERS = {"a", "b", "ż", "日", "𝄞", "%", "_", "\\", "."};

  private static boolean matches(Utf8Test test, String text) {
    // Surrounded by other bytes, so that reading outside of the text changes the answer.
    byte[] utf8 = ("ab" + text + "ab").getBytes(UTF_8);
    return test.matches(utf8, 2, utf8.length - 4);
  }

  @ParameterizedTest
  @CsvSource({
    "abc, abc, true",
    "abc, abcd, false",
    "a%, abc, true",
    "%c, abc, true",
    "%b%, abc, true",
    "a_c, ażc, true",
    "a_c, ac, false",
    "a\\%c, a%c, true",
    "a\\%c, abc, false",
    "a\\_c, abc, false",
    "a\\\\c, a\\c, true",
    "a\\, a\\, true",
    "%, '', true",
    "_, '', false",
    "'', '', true",
    "'', a, false",
    "%%%, abc, true",
    "ab%bc, abc, false",
    "ab%bc, abbc, true",
    "%ab%ab%, ababx, true",
    "%ab%ab%, xabx, false",
    "_%_, a, false",
    "_%_, ab, true",
    "%_日, ż日, true",
  })
  void matchesExamples(String pattern, String text, boolean expected) {
    assertThat(matches(LikePattern.compile(pattern), text)).isEqualTo(expected);
  }

  @Test
  void agreesWithRegularExpressions() {
    long seed = new Random().nextLong();
    System.out.println("TestLikePattern seed=" + seed);
    Random random = new Random(seed);
    int matching = 0;
    for (int i = 0; i < 50_000; i++) {
      StringBuilder pattern = new StringBuilder();
      StringBuilder regex = new StringBuilder();
      for (int j = random.nextInt(6); j > 0; j--) {
        String character = CHARACTERS[random.nextInt(5)];
        switch (random.nextInt(5)) {
          case 0 -> {
            pattern.append('%');
            regex.append(".*");
          }
          case 1 -> {
            pattern.append('_');
            regex.append('.');
          }
          case 2 -> {
            String escaped = CHARACTERS[random.nextInt(CHARACTERS.length)];
            pattern.append('\\').append(escaped);
            regex.append(Pattern.quote(escaped));
          }
          default -> {
            pattern.append(character);
            regex.append(character);
          }
        }
      }
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(9); j > 0; j--) {
        text.append(CHARACTERS[random.nextInt(random.nextInt(4) == 0 ? CHARACTERS.length : 4)]);
      }
      boolean expected = Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(text).matches();
      matching += expected ? 1 : 0;
      assertThat(matches(LikePattern.compile(pattern.toString()), text.toString()))
          .as("seed=%d pattern=%s text=%s", seed, pattern, text)
          .isEqualTo(expected);
    }
    assertThat(matching).isGreaterThan(1000);
  }

  @Test
  void setsHoldTheirStrings() {
    Random random = new Random(7);
    for (int size : new int[] {0, 1, 2, 3, 5, 100, 10_000}) {
      Set<String> strings = new HashSet<>();
      for (int i = 0; i < size; i++) {
        strings.add("x".repeat(random.nextInt(20)) + random.nextInt(size * 2));
      }
      Utf8Set set = new Utf8Set(strings);
      assertThat(strings).allMatch(string -> matches(set, string));
      for (int i = 0; i < 1000; i++) {
        String other = "x".repeat(random.nextInt(20)) + random.nextInt(size * 4 + 1);
        assertThat(matches(set, other)).as(other).isEqualTo(strings.contains(other));
      }
    }
    assertThat(matches(new Utf8Set(Arrays.asList("", "a")), "")).isTrue();
  }
}

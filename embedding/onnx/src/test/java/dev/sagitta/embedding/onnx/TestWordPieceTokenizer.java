package dev.sagitta.embedding.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Token ids of the uncased BERT vocabulary, as its reference implementation gives them. */
final class TestWordPieceTokenizer {
  private static final int UNKNOWN = 100;

  private static WordPieceTokenizer tokenizer;

  @BeforeAll
  static void read() throws IOException {
    tokenizer =
        WordPieceTokenizer.read(
            ModelFiles.DIRECTORY.resolve("models/all-minilm-l6-v2-tokenizer.json"));
  }

  private static int[] inner(String text) {
    int[] ids = tokenizer.tokenize(text, 512, () -> {});
    assertThat(ids[0]).isEqualTo(101);
    assertThat(ids[ids.length - 1]).isEqualTo(102);
    int[] inner = new int[ids.length - 2];
    System.arraycopy(ids, 1, inner, 0, inner.length);
    return inner;
  }

  @Test
  void wordsAndPunctuation() {
    assertThat(inner("Hello, World!")).containsExactly(7592, 1010, 2088, 999);
    assertThat(inner("unaffable")).containsExactly(14477, 20961, 3468);
    assertThat(inner("")).isEmpty();
    assertThat(inner(" \t\n\u00a0\u3000")).isEmpty();
    assertThat(inner("a+b")).hasSize(3);
  }

  @Test
  void caseAndAccentsDoNotMatter() {
    assertThat(inner("CAFÉ")).isEqualTo(inner("cafe")).hasSize(1);
    assertThat(inner("cafe\u0301")).isEqualTo(inner("cafe"));
    assertThat(inner("ΣΊΓΜΑΣ")).isEqualTo(inner("σιγμασ"));
  }

  @Test
  void controlCharactersVanishAndOthersSeparate() {
    assertThat(inner("hel\u0000l\ufffdo\u200b")).isEqualTo(inner("hello"));
    assertThat(inner("hello\u2028world")).isEqualTo(inner("hello world"));
    assertThat(inner("hello\u2014world")).hasSize(3);
  }

  @Test
  void chineseCharactersAreWords() {
    assertThat(inner("中国")).isEqualTo(inner("中 国")).hasSize(2).doesNotContain(UNKNOWN);
  }

  @Test
  void whatCannotBePutTogetherIsUnknown() {
    assertThat(inner("\ud83d\ude00")).containsExactly(UNKNOWN);
    assertThat(inner("hello\ud83d\ude00 world")).containsExactly(UNKNOWN, 2088);
    assertThat(inner("a".repeat(101))).containsExactly(UNKNOWN);
    assertThat(inner("a".repeat(100))).doesNotContain(UNKNOWN);
  }

  @Test
  void textNeverBecomesASpecialToken() {
    assertThat(inner("[SEP] [CLS] [PAD]")).doesNotContain(0, 101, 102);
  }

  @Test
  void longTextsAreCutAndSaySo() {
    AtomicInteger cuts = new AtomicInteger();
    int[] exact = tokenizer.tokenize("hello ".repeat(8), 10, cuts::incrementAndGet);
    assertThat(exact).hasSize(10);
    assertThat(cuts).hasValue(0);
    int[] cut = tokenizer.tokenize("hello ".repeat(9), 10, cuts::incrementAndGet);
    assertThat(cut).isEqualTo(exact);
    assertThat(cuts).hasValue(1);
    assertThat(tokenizer.tokenize("unaffable ".repeat(99_999), 10, cuts::incrementAndGet))
        .hasSize(10);
    assertThat(cuts).hasValue(2);
  }

  /** Whatever the text, also one that is no valid Unicode: ids of the vocabulary. */
  @Test
  void anyTextGivesIds() {
    long seed = Long.getLong("sagitta.seed", System.nanoTime());
    System.out.println("random texts: seed=" + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 2000; round++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(40);
      for (int i = 0; i < length; i++) {
        // Lone surrogates among them.
        text.append((char) random.nextInt(random.nextBoolean() ? 0x80 : 0x10000));
      }
      for (int id : inner(text.toString())) {
        assertThat(id).isBetween(0, 30_521);
      }
    }
  }

  @Test
  void otherTokenizersAreRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("tokenizer.json");
    Files.writeString(file, "{\"model\": {\"type\": \"BPE\", \"vocab\": {}}}");
    assertThatThrownBy(() -> WordPieceTokenizer.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("tokenizer.json");
  }
}

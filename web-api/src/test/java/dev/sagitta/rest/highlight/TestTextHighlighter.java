package dev.sagitta.rest.highlight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sagitta.engine.text.TextAnalyzers;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TestTextHighlighter {
  @Test
  void matchedWordsAreMarked() {
    assertThat(highlighter(0, 100, 5, "fox DOG").fragments("The quick Fox sees a dog, a foxy dog."))
        .containsExactly("<Fox> sees a <dog>, a foxy <dog>.");
    assertThat(highlighter(10, 100, 5, "fox").fragments("The quick Fox sees"))
        .containsExactly("The quick <Fox> sees");
    assertThat(highlighter(0, 100, 5, "cat").fragments("The quick Fox")).isEmpty();
    assertThat(highlighter(0, 100, 5, "").fragments("")).isEmpty();
  }

  @Test
  void fragmentsHaveASizeAndABound() {
    String text = "fox one two three fox four five six fox seven";
    assertThat(highlighter(0, 7, 5, "fox").fragments(text))
        .containsExactly("<fox> one", "<fox> fou", "<fox> sev");
    assertThat(highlighter(0, 7, 2, "fox").fragments(text)).hasSize(2);
    assertThat(highlighter(0, 1, 1, "fox").fragments(text)).containsExactly("<fox>");
    assertThat(highlighter(0, 24, 5, "fox").fragments(text))
        .containsExactly("<fox> one two three <fox> fo", "<fox> seven");
  }

  @Test
  void placesCountCharactersNotBytes() {
    assertThat(highlighter(0, 50, 5, "größe").fragments("\uD83D\uDE00 für die Größe äöü"))
        .containsExactly("<Größe> äöü");
    assertThat(highlighter(1, 3, 5, "b").fragments("\uD83D\uDE00b\uD83D\uDE00 x"))
        .allMatch(fragment -> !fragment.contains("?") && fragment.contains("<b>"));
  }

  @Test
  void tagsAreUsedInTurn() {
    HighlightOptions options =
        new HighlightOptions(List.of("<1>", "<2>"), List.of("</1>", "</2>"), 0, 100, 5);
    assertThat(
            new TextHighlighter(TextAnalyzers.of(""), options, List.of("a b")).fragments("a b a"))
        .containsExactly("<1>a</1> <2>b</2> <1>a</1>");
  }

  @Test
  void optionsHaveRanges() {
    assertThatThrownBy(() -> highlighter(-1, 1, 1, "")).hasMessageContaining("fragment_offset");
    assertThatThrownBy(() -> highlighter(0, 0, 1, "")).hasMessageContaining("fragment_size");
    assertThatThrownBy(() -> highlighter(0, 1, -1, "")).hasMessageContaining("num_of_fragments");
    assertThatThrownBy(() -> new HighlightOptions(List.of("a"), List.of(), 0, 1, 1))
        .hasMessageContaining("post_tags");
  }

  private static TextHighlighter highlighter(int offset, int size, int count, String query) {
    return new TextHighlighter(
        TextAnalyzers.of(""),
        new HighlightOptions(List.of("<"), List.of(">"), offset, size, count),
        List.of(query));
  }
}

package dev.sagitta.engine.text;

import static java.util.Objects.requireNonNull;

/**
 * A token of a text.
 *
 * @param text what the analyzer made of it
 * @param startOffset where it begins in the text, in UTF-8 bytes
 * @param endOffset where it ends in the text, in UTF-8 bytes
 * @param position number of the token, with gaps for tokens that were left out
 * @param positionLength how many positions it spans
 */
public record Token(String text, int startOffset, int endOffset, int position, int positionLength) {
  public Token {
    requireNonNull(text, "text is null");
  }

  /** The token's dimension in the sparse vector of a text. */
  public int termId() {
    return TermIds.of(text);
  }
}

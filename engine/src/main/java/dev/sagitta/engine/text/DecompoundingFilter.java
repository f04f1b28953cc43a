package dev.sagitta.engine.text;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * Replaces a token that consists of words of a list, one after another, by these words (the longest
 * word first at each place); all other tokens stay whole.
 */
final class DecompoundingFilter extends TokenFilter {
  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
  private final Set<String> words;
  private final int longest;
  private final Deque<String> parts = new ArrayDeque<>();
  private State whole;

  DecompoundingFilter(TokenStream input, Set<String> words) {
    super(input);
    this.words = words;
    this.longest = words.stream().mapToInt(String::length).max().orElse(0);
  }

  @Override
  public boolean incrementToken() throws IOException {
    if (parts.isEmpty()) {
      if (!input.incrementToken()) {
        return false;
      }
      split(term.toString());
      if (parts.isEmpty()) {
        return true;
      }
      whole = captureState();
    }
    restoreState(whole);
    term.setEmpty().append(parts.removeFirst());
    return true;
  }

  private void split(String token) {
    int start = 0;
    while (start < token.length()) {
      int end = Math.min(token.length(), start + longest);
      while (end > start && !words.contains(token.substring(start, end))) {
        end--;
      }
      if (end == start) {
        parts.clear();
        return;
      }
      parts.addLast(token.substring(start, end));
      start = end;
    }
  }

  @Override
  public void reset() throws IOException {
    super.reset();
    parts.clear();
  }
}

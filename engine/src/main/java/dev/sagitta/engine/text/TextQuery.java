package dev.sagitta.engine.text;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a filter asks about a text's tokens. Immutable. */
public sealed interface TextQuery {
  /** Whether a text of these tokens passes. */
  boolean matches(List<Token> tokens);

  /** The distinct terms that texts are searched for. */
  List<String> distinctTerms();

  /**
   * Texts that hold at least some of the terms; none if there are fewer terms.
   *
   * @param terms each once
   * @param minimum how many of them a text must hold, at least 1
   */
  record AnyOf(List<String> terms, int minimum) implements TextQuery {
    public AnyOf {
      terms = List.copyOf(terms);
      if (minimum < 1) {
        throw new IllegalArgumentException("minimum is not positive: minimum=" + minimum);
      }
    }

    @Override
    public boolean matches(List<Token> tokens) {
      if (terms.size() < minimum) {
        return false;
      }
      Set<String> wanted = new HashSet<>(terms);
      int found = 0;
      for (Token token : tokens) {
        if (wanted.remove(token.text()) && ++found >= minimum) {
          return true;
        }
      }
      return false;
    }

    @Override
    public List<String> distinctTerms() {
      return terms;
    }
  }

  /**
   * Texts that hold all terms near to the places that they have in the phrase: a text passes if its
   * tokens can be chosen so that no two of them are moved against each other by more than {@code
   * slop} positions. So 0 asks for the very phrase, and two words may change places at 2.
   *
   * @param terms in the order of the phrase; no text passes if there are none
   * @param positions of the terms in the phrase, ascending, with gaps for tokens left out
   */
  record Phrase(List<String> terms, List<Integer> positions, long slop) implements TextQuery {
    public Phrase {
      terms = List.copyOf(terms);
      positions = List.copyOf(positions);
      if (terms.size() != positions.size() || slop < 0) {
        throw new IllegalArgumentException(
            "no such phrase: terms=" + terms + " positions=" + positions + " slop=" + slop);
      }
    }

    @Override
    public boolean matches(List<Token> tokens) {
      PhraseWindow window = new PhraseWindow(this);
      for (int term = 0; term < terms.size(); term++) {
        for (Token token : tokens) {
          if (token.text().equals(terms.get(term))) {
            window.add(term, token.position());
          }
        }
      }
      return window.fits();
    }

    @Override
    public List<String> distinctTerms() {
      return new ArrayList<>(new LinkedHashSet<>(terms));
    }
  }

  /** The query of {@code text_match}: any of the words. */
  static TextQuery anyOf(TextAnalyzer analyzer, String words, int minimum) {
    requireNonNull(analyzer, "analyzer is null");
    return new AnyOf(analyzer.tokens(words).stream().map(Token::text).distinct().toList(), minimum);
  }

  /** The query of {@code phrase_match}. */
  static TextQuery phrase(TextAnalyzer analyzer, String words, long slop) {
    requireNonNull(analyzer, "analyzer is null");
    List<Token> tokens = analyzer.tokens(words);
    return new Phrase(
        tokens.stream().map(Token::text).toList(),
        tokens.stream().map(Token::position).toList(),
        slop);
  }
}

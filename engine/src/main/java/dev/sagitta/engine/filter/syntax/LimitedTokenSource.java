package dev.sagitta.engine.filter.syntax;

import static dev.sagitta.engine.filter.grammar.FilterExpressionLexer.Exists;
import static dev.sagitta.engine.filter.grammar.FilterExpressionLexer.Identifier;
import static dev.sagitta.engine.filter.grammar.FilterExpressionLexer.Interval;
import static dev.sagitta.engine.filter.grammar.FilterExpressionLexer.Iso;
import static dev.sagitta.engine.filter.grammar.FilterExpressionLexer.LeftBracket;
import static dev.sagitta.engine.filter.grammar.FilterExpressionLexer.LeftParenthesis;
import static dev.sagitta.engine.filter.grammar.FilterExpressionLexer.Minus;
import static dev.sagitta.engine.filter.grammar.FilterExpressionLexer.Not;
import static dev.sagitta.engine.filter.grammar.FilterExpressionLexer.Plus;
import static dev.sagitta.engine.filter.grammar.FilterExpressionLexer.RightBracket;
import static dev.sagitta.engine.filter.grammar.FilterExpressionLexer.RightParenthesis;
import static dev.sagitta.engine.filter.grammar.FilterExpressionLexer.Tilde;

import java.util.Optional;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.Lexer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenFactory;
import org.antlr.v4.runtime.TokenSource;

/**
 * Hands tokens on and refuses too many of them, and nesting too deep for a parser that recurses.
 * Nesting is counted as open brackets plus the prefix operators before each of them. Lists of
 * literals become one token, but count as many.
 */
final class LimitedTokenSource implements TokenSource {

  /** About 200,000 list elements; an element costs some 350 bytes while it is parsed. */
  static final int MAXIMUM_TOKENS = 400_000;

  /** Small enough for a thread with a stack of 512 KiB. */
  static final int MAXIMUM_DEPTH = 256;

  private final Lexer lexer;
  private final Optional<LiteralListScanner> lists;
  private final int[] depthAtBracket = new int[MAXIMUM_DEPTH + 1];
  private int openBrackets;
  private int depth;
  private int prefixes;
  private int tokenCount;
  private int lastType;

  /**
   * A source of the lexer's tokens.
   *
   * @param text what the lexer reads
   */
  LimitedTokenSource(Lexer lexer, String text) {
    this.lexer = lexer;
    // The lexer counts code points, the scanner characters.
    boolean sameCount = text.codePointCount(0, text.length()) == text.length();
    this.lists = sameCount ? Optional.of(new LiteralListScanner(text)) : Optional.empty();
  }

  @Override
  public Token nextToken() {
    Token token = lexer.nextToken();
    if (token.getType() == LeftBracket && !mayBeStep() && lists.isPresent()) {
      token = lists.get().scan(token, lexer, MAXIMUM_TOKENS - tokenCount).orElse(token);
    }
    lastType = token.getType();
    tokenCount += token instanceof LiteralListToken list ? 2 * list.values().size() : 1;
    if (tokenCount > MAXIMUM_TOKENS) {
      throw new InvalidExpressionException(
          "expression has too many tokens: maximum=" + MAXIMUM_TOKENS);
    }
    countNesting(token.getType());
    return token;
  }

  /** Whether a bracket stands where {@code name["key"][0]} goes on. */
  private boolean mayBeStep() {
    return switch (lastType) {
      case Identifier, Iso, Interval, RightBracket -> true;
      default -> false;
    };
  }

  private void countNesting(int type) {
    switch (type) {
      case LeftParenthesis, LeftBracket -> {
        requireShallow(depth + prefixes + 1);
        depthAtBracket[openBrackets] = depth;
        openBrackets++;
        depth += prefixes + 1;
        prefixes = 0;
      }
      case RightParenthesis, RightBracket -> {
        if (openBrackets > 0) {
          openBrackets--;
          depth = depthAtBracket[openBrackets];
        }
        prefixes = 0;
      }
      case Not, Minus, Plus, Tilde, Exists -> {
        prefixes++;
        requireShallow(depth + prefixes);
      }
      default -> prefixes = 0;
    }
  }

  private static void requireShallow(int depth) {
    if (depth > MAXIMUM_DEPTH) {
      throw new InvalidExpressionException(
          "expression is nested too deeply: maximum=" + MAXIMUM_DEPTH);
    }
  }

  @Override
  public int getLine() {
    return lexer.getLine();
  }

  @Override
  public int getCharPositionInLine() {
    return lexer.getCharPositionInLine();
  }

  @Override
  public CharStream getInputStream() {
    return lexer.getInputStream();
  }

  @Override
  public String getSourceName() {
    return lexer.getSourceName();
  }

  @Override
  public void setTokenFactory(TokenFactory<?> factory) {
    lexer.setTokenFactory(factory);
  }

  @Override
  public TokenFactory<?> getTokenFactory() {
    return lexer.getTokenFactory();
  }
}

package dev.sagitta.engine.filter.syntax;

import dev.sagitta.engine.filter.grammar.FilterExpressionLexer;
import dev.sagitta.engine.filter.grammar.FilterExpressionParser;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;

/** Parses the text of a filter. Everything that grows with the text has a limit. */
public final class ExpressionParser {

  /** Most characters of a filter; longer lists belong into templates. */
  public static final int MAXIMUM_LENGTH = 4 << 20;

  private ExpressionParser() {}

  /**
   * The syntax tree of {@code text}, which is not blank.
   *
   * @throws InvalidExpressionException if the text breaks the grammar or a limit
   */
  public static Expression parse(String text) {
    if (text.length() > MAXIMUM_LENGTH) {
      throw new InvalidExpressionException(
          "expression is too long: length=" + text.length() + " maximum=" + MAXIMUM_LENGTH);
    }
    FilterExpressionLexer lexer = new FilterExpressionLexer(CharStreams.fromString(text));
    lexer.removeErrorListeners();
    lexer.addErrorListener(FirstErrorListener.INSTANCE);
    CommonTokenStream tokens = new CommonTokenStream(new LimitedTokenSource(lexer, text));
    FilterExpressionParser parser = new FilterExpressionParser(tokens);
    parser.removeErrorListeners();
    parser.addErrorListener(FirstErrorListener.INSTANCE);
    // All tokens are read first, so that nesting is checked before the parser recurses into it.
    tokens.fill();
    return new SyntaxTreeBuilder().build(parser.filter().expression());
  }

  /** Reports the first error: what ANTLR guesses after it helps nobody. */
  private static final class FirstErrorListener extends BaseErrorListener {
    static final FirstErrorListener INSTANCE = new FirstErrorListener();

    @Override
    public void syntaxError(
        Recognizer<?, ?> recognizer,
        Object offendingSymbol,
        int line,
        int charPositionInLine,
        String message,
        RecognitionException cause) {
      throw new InvalidExpressionException(
          "line " + line + ":" + charPositionInLine + " " + message);
    }
  }
}

package dev.sagitta.engine.filter.syntax;

import dev.sagitta.engine.filter.grammar.FilterExpressionParser;
import java.util.List;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;

/** A list of literals, brackets included, with their values. */
final class LiteralListToken extends CommonToken {
  private static final long serialVersionUID = 1L;

  private final transient List<?> values;

  /**
   * A token in place of the list's opening bracket.
   *
   * @param stop position of the closing bracket
   */
  LiteralListToken(Token bracket, int stop, List<?> values) {
    super(bracket);
    setType(FilterExpressionParser.LiteralList);
    setText(null);
    setStopIndex(stop);
    this.values = values;
  }

  /** Booleans, Longs, Doubles and Strings. */
  List<?> values() {
    return values;
  }
}

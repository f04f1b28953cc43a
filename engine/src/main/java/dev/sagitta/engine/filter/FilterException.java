package dev.sagitta.engine.filter;

import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;

/** A filter that cannot be compiled: code 1100, in the words that Milvus's clients know. */
public final class FilterException extends SagittaException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_TEXT = 1000;

  private final String expression;
  private final String why;

  /**
   * A filter that cannot be compiled.
   *
   * @param expression the filter as written; a very long one is cut in the message
   * @param why what is wrong with it
   */
  public FilterException(String expression, String why) {
    this("query", expression, why);
  }

  private FilterException(String plan, String expression, String why) {
    super(
        ErrorCode.INVALID_PARAMETER,
        "failed to create "
            + plan
            + " plan: cannot parse expression: "
            + cut(expression)
            + ", error: "
            + cut(why)
            + ": invalid parameter");
    this.expression = expression;
    this.why = why;
  }

  /** The same failure in the words of a delete request. */
  public FilterException forDelete() {
    return new FilterException("delete", expression, why);
  }

  /** What is wrong, without the words around it. */
  public String why() {
    return why;
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "...";
  }
}

package dev.sagitta.engine.filter.syntax;

/**
 * The text is not a filter of the collection; the message says why in Milvus's words, without the
 * text itself. Leaves the filter package only as a {@code FilterException}.
 */
public final class InvalidExpressionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InvalidExpressionException(String why) {
    super(why);
  }
}

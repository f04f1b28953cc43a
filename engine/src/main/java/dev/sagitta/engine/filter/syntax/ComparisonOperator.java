package dev.sagitta.engine.filter.syntax;

/** How two values are compared. */
public enum ComparisonOperator {
  EQUAL("=="),
  NOT_EQUAL("!="),
  LESS("<"),
  LESS_OR_EQUAL("<="),
  GREATER(">"),
  GREATER_OR_EQUAL(">=");

  private final String symbol;

  ComparisonOperator(String symbol) {
    this.symbol = symbol;
  }

  public String symbol() {
    return symbol;
  }

  /** The operator that holds for (b, a) exactly when this one holds for (a, b). */
  public ComparisonOperator swapped() {
    return switch (this) {
      case EQUAL, NOT_EQUAL -> this;
      case LESS -> GREATER;
      case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
      case GREATER -> LESS;
      case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
    };
  }

  /** Whether this is == or !=, which every type has. */
  public boolean isEquality() {
    return this == EQUAL || this == NOT_EQUAL;
  }

  /** Whether this is {@code <} or {@code <=}. */
  public boolean isLess() {
    return this == LESS || this == LESS_OR_EQUAL;
  }

  /**
   * Whether two values that compare as {@code comparison} (negative, zero, positive) satisfy it.
   */
  public boolean holds(int comparison) {
    return switch (this) {
      case EQUAL -> comparison == 0;
      case NOT_EQUAL -> comparison != 0;
      case LESS -> comparison < 0;
      case LESS_OR_EQUAL -> comparison <= 0;
      case GREATER -> comparison > 0;
      case GREATER_OR_EQUAL -> comparison >= 0;
    };
  }
}

package dev.sagitta.engine.filter.syntax;

/** Prefix operators on numbers; {@code not} is a node of its own. */
public enum UnaryOperator {
  PLUS,
  MINUS,
  BIT_NOT
}

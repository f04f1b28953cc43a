package dev.sagitta.engine.column;

/** Values of a Float or Double field, widened to double. */
public interface DoubleColumn extends Column {
  double doubleAt(int row);
}

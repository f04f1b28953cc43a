package dev.sagitta.engine.column;

/** Values of a Float or Double field, widened to double. */
public interface DoubleColumn extends Column {
  double doubleAt(int row);

  /** Copies the values of {@code count} rows from {@code firstRow} on to the front of target. */
  default void copyDoubles(int firstRow, int count, double[] target) {
    for (int i = 0; i < count; i++) {
      target[i] = doubleAt(firstRow + i);
    }
  }
}

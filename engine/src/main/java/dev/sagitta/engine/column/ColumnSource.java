package dev.sagitta.engine.column;

/** A set of columns of equal row count, found by field id. */
public interface ColumnSource {
  int rowCount();

  /**
   * The column of the field. Fields that the rows were written without (added later) answer a
   * column of nulls or of the default value.
   *
   * @throws IllegalArgumentException if the field is unknown
   */
  Column column(long fieldId);
}

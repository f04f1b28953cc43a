package dev.sagitta.engine.column;

import dev.sagitta.engine.schema.DataType;

/** Values of an Array field. The accessor to call follows from {@link #elementType()}. */
public interface ArrayColumn extends Column {
  DataType elementType();

  /** Number of elements of the row's array. */
  int lengthAt(int row);

  boolean booleanAt(int row, int index);

  long longAt(int row, int index);

  double doubleAt(int row, int index);

  String stringAt(int row, int index);
}

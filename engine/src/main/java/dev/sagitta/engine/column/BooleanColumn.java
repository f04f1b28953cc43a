package dev.sagitta.engine.column;

/** Values of a Bool field. */
public interface BooleanColumn extends Column {
  boolean booleanAt(int row);
}

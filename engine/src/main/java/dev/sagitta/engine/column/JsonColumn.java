package dev.sagitta.engine.column;

/** Values of a JSON field: UTF-8 JSON text, one value per row. */
public interface JsonColumn extends Column {
  /** The row's JSON text as UTF-8. */
  byte[] jsonUtf8At(int row);
}

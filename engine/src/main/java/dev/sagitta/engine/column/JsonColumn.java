package dev.sagitta.engine.column;

/** Values of a JSON field: UTF-8 JSON text, one value per row. */
public interface JsonColumn extends Column {
  /** The row's JSON text as UTF-8. */
  byte[] jsonUtf8At(int row);

  /** Length of the row's text in bytes. */
  default int utf8LengthAt(int row) {
    return jsonUtf8At(row).length;
  }

  /** Copies the row's text to {@code target} from {@code offset} on. */
  default void copyUtf8(int row, byte[] target, int offset) {
    byte[] json = jsonUtf8At(row);
    System.arraycopy(json, 0, target, offset, json.length);
  }
}

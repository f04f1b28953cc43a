package dev.sagitta.engine.column;

/** Values of a Geometry field: well-known binary, one geometry per row. */
public interface GeometryColumn extends Column {
  /** Length of the row's geometry in bytes. */
  int wkbLengthAt(int row);

  /** Copies the row's geometry to {@code target} from {@code offset} on. */
  void copyWkb(int row, byte[] target, int offset);

  /** The row's geometry. */
  default byte[] wkbAt(int row) {
    byte[] wkb = new byte[wkbLengthAt(row)];
    copyWkb(row, wkb, 0);
    return wkb;
  }
}

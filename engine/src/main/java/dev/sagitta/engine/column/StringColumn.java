package dev.sagitta.engine.column;

/**
 * Values of a VarChar field. Implementations keep UTF-8 bytes; comparison order is that of the
 * bytes.
 */
public interface StringColumn extends Column {
  String stringAt(int row);

  /** Length in UTF-8 bytes. */
  int utf8LengthAt(int row);

  /** Copies the UTF-8 bytes of the row to {@code target} from {@code offset} on. */
  void copyUtf8(int row, byte[] target, int offset);

  /** Whether the row's bytes equal {@code utf8}; allocates nothing. */
  boolean utf8Equals(int row, byte[] utf8);

  /** Compares the row's bytes, as unsigned, with {@code utf8}; allocates nothing. */
  int compareUtf8(int row, byte[] utf8);

  /** Compares the row's bytes, as unsigned, with those of a row of another column. */
  default int compareRows(int row, StringColumn other, int otherRow) {
    byte[] utf8 = new byte[other.utf8LengthAt(otherRow)];
    other.copyUtf8(otherRow, utf8, 0);
    return compareUtf8(row, utf8);
  }
}

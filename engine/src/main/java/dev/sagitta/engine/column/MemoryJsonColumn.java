package dev.sagitta.engine.column;

/** JSON text as UTF-8 bytes. */
final class MemoryJsonColumn extends MemoryColumn implements JsonColumn {
  MemoryJsonColumn(ColumnType type, int rowCount, ValueLocator values, Validity validity) {
    super(type, rowCount, values, validity);
  }

  @Override
  public byte[] jsonUtf8At(int row) {
    byte[] utf8 = new byte[values.lengthOf(row)];
    copyUtf8(row, utf8, 0);
    return utf8;
  }

  @Override
  public int utf8LengthAt(int row) {
    return values.lengthOf(row);
  }

  @Override
  public void copyUtf8(int row, byte[] target, int offset) {
    values.copyValue(row, target, offset);
  }
}

package dev.sagitta.engine.column;

/** Geometries as well-known binary. */
final class MemoryGeometryColumn extends MemoryColumn implements GeometryColumn {
  MemoryGeometryColumn(ColumnType type, int rowCount, ValueLocator values, Validity validity) {
    super(type, rowCount, values, validity);
  }

  @Override
  public int wkbLengthAt(int row) {
    return values.lengthOf(row);
  }

  @Override
  public void copyWkb(int row, byte[] target, int offset) {
    values.copyValue(row, target, offset);
  }
}

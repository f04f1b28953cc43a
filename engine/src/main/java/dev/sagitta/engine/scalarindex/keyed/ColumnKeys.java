package dev.sagitta.engine.scalarindex.keyed;

import dev.sagitta.engine.column.ArrayColumn;
import dev.sagitta.engine.column.BooleanColumn;
import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.DoubleColumn;
import dev.sagitta.engine.column.LongColumn;
import dev.sagitta.engine.column.StringColumn;
import dev.sagitta.engine.filter.number.OrderedBits;
import dev.sagitta.engine.scalarindex.build.KeySink;
import dev.sagitta.engine.scalarindex.build.KeySource;
import dev.sagitta.engine.scalarindex.file.KeyKind;
import dev.sagitta.engine.schema.DataType;
import java.util.Arrays;

/** Keys that are the values of a column, or the elements of its arrays. NaN is no key. */
final class ColumnKeys implements KeySource {
  private final Column column;
  private final KeyKind kind;
  private byte[] buffer = new byte[256];
  private boolean anyNan;

  ColumnKeys(Column column) {
    this.column = column;
    this.kind = kindOf(column);
  }

  private static KeyKind kindOf(Column column) {
    DataType type = column instanceof ArrayColumn array ? array.elementType() : column.type();
    return switch (type) {
      case BOOL -> KeyKind.BOOLEAN;
      case INT8, INT16, INT32, INT64, TIMESTAMPTZ -> KeyKind.INTEGER;
      case FLOAT, DOUBLE -> KeyKind.FLOATING;
      case VARCHAR -> KeyKind.TEXT;
      default -> throw new IllegalArgumentException("type has no keys: type=" + type);
    };
  }

  @Override
  public KeyKind kind() {
    return kind;
  }

  @Override
  public boolean elements() {
    return column instanceof ArrayColumn;
  }

  @Override
  public boolean singleValued() {
    return !elements() && !anyNan;
  }

  @Override
  public void keysOf(int row, KeySink sink) {
    if (column.isNull(row)) {
      return;
    }
    switch (column) {
      case LongColumn longs -> sink.key(longs.longAt(row), row);
      case DoubleColumn doubles -> addDouble(doubles.doubleAt(row), row, sink);
      case BooleanColumn booleans -> sink.key(booleans.booleanAt(row) ? 1 : 0, row);
      case StringColumn strings -> {
        int length = strings.utf8LengthAt(row);
        strings.copyUtf8(row, reserve(length), 0);
        sink.key(buffer, 0, length, row);
      }
      case ArrayColumn array -> {
        int length = array.lengthAt(row);
        for (int i = 0; i < length; i++) {
          addElement(array, row, i, sink);
        }
      }
      default -> throw new IllegalStateException("type has no keys: type=" + column.type());
    }
  }

  private void addElement(ArrayColumn array, int row, int index, KeySink sink) {
    switch (kind) {
      case INTEGER -> sink.key(array.longAt(row, index), row);
      case FLOATING -> addDouble(array.doubleAt(row, index), row, sink);
      case BOOLEAN -> sink.key(array.booleanAt(row, index) ? 1 : 0, row);
      default -> {
        int length = array.utf8LengthAt(row, index);
        array.copyUtf8(row, index, reserve(length), 0);
        sink.key(buffer, 0, length, row);
      }
    }
  }

  private void addDouble(double value, int row, KeySink sink) {
    if (Double.isNaN(value)) {
      anyNan = true;
    } else {
      sink.key(OrderedBits.of(value), row);
    }
  }

  private byte[] reserve(int length) {
    if (buffer.length < length) {
      buffer = Arrays.copyOf(buffer, Math.max(length, 2 * buffer.length));
    }
    return buffer;
  }
}

package dev.sagitta.rest.row;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sagitta.engine.column.ArrayColumn;
import dev.sagitta.engine.schema.DataType;
import java.io.IOException;

/** Writes elements of arrays, and floating-point numbers, as plain JSON values. */
final class ElementWriter {
  private final JsonGenerator out;

  ElementWriter(JsonGenerator out) {
    this.out = out;
  }

  void write(ArrayColumn arrays, int row, int index) throws IOException {
    DataType type = arrays.elementType();
    switch (type) {
      case BOOL -> out.writeBoolean(arrays.booleanAt(row, index));
      case FLOAT, DOUBLE -> writeFloating(type, arrays.doubleAt(row, index));
      case VARCHAR -> out.writeString(arrays.stringAt(row, index));
      default -> out.writeNumber(arrays.longAt(row, index));
    }
  }

  /** Writes a number with the digits that its type has. */
  void writeFloating(DataType type, double value) throws IOException {
    if (type == DataType.FLOAT) {
      out.writeNumber((float) value);
    } else {
      out.writeNumber(value);
    }
  }
}

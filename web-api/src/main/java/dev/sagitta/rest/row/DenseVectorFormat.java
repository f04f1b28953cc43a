package dev.sagitta.rest.row;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sagitta.engine.column.ColumnBuilder;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.vector.BrainFloat;
import java.io.IOException;

/**
 * Arrays of numbers; for float16 and bfloat16 also base64 of the raw values, two little-endian
 * bytes each. Numbers are rounded to the field's type; int8 takes whole numbers only.
 */
final class DenseVectorFormat extends VectorFormat {
  private final float[] vector;

  DenseVectorFormat(FieldSchema field) {
    super(field);
    this.vector = new float[field.dimension()];
  }

  @Override
  void append(JsonParser parser, ColumnBuilder target) throws IOException, WrongVectorException {
    if (isHalfPrecision() && parser.currentToken() == JsonToken.VALUE_STRING) {
      appendRaw(Base64Text.decode(parser), target);
      return;
    }
    read(parser, vector, 0);
    target.appendVector(vector, 0);
  }

  /** Reads an array of as many numbers as the field's dimension, which fit its type. */
  void read(JsonParser parser, float[] target, int offset)
      throws IOException, WrongVectorException {
    if (!parser.isExpectedStartArrayToken()) {
      throw wrongShape("an array of numbers", parser);
    }
    int dimension = vector.length;
    int length = FloatArrays.read(parser, target, offset, dimension);
    if (length < 0) {
      throw WrongVectorException.element("finite number", parser.getText());
    }
    if (length != dimension) {
      throw WrongVectorException.length(
          field.type() == DataType.INT8_VECTOR ? "int8" : "float32", dimension, length);
    }
    for (int i = offset; i < offset + dimension; i++) {
      checkStorable(target[i]);
    }
  }

  private boolean isHalfPrecision() {
    return field.type() == DataType.FLOAT16_VECTOR || field.type() == DataType.BFLOAT16_VECTOR;
  }

  private void appendRaw(byte[] raw, ColumnBuilder target) throws WrongVectorException {
    if (raw.length != Short.BYTES * vector.length) {
      throw WrongVectorException.length("byte", Short.BYTES * vector.length, raw.length);
    }
    for (int i = 0; i < raw.length; i += Short.BYTES) {
      short bits = (short) ((raw[i] & 0xff) | raw[i + 1] << Byte.SIZE);
      float element =
          field.type() == DataType.FLOAT16_VECTOR
              ? Float.float16ToFloat(bits)
              : BrainFloat.toFloat(bits);
      if (!Float.isFinite(element)) {
        throw WrongVectorException.element("finite number", Float.toString(element));
      }
    }
    target.appendVectorBytes(raw, 0);
  }

  private void checkStorable(float element) throws WrongVectorException {
    switch (field.type()) {
      case FLOAT16_VECTOR -> {
        if (Float.isInfinite(Float.float16ToFloat(Float.floatToFloat16(element)))) {
          throw WrongVectorException.element("finite number of 16 bits", Float.toString(element));
        }
      }
      case BFLOAT16_VECTOR -> {
        if (Float.isInfinite(BrainFloat.toFloat(BrainFloat.toBits(element)))) {
          throw WrongVectorException.element("finite number of 16 bits", Float.toString(element));
        }
      }
      case INT8_VECTOR -> {
        if (element != (byte) element) {
          throw WrongVectorException.element(
              "integer in range [-128, 127]", Float.toString(element));
        }
      }
      default -> {}
    }
  }
}

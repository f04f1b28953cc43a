package dev.sagitta.rest.row;

import com.fasterxml.jackson.core.JsonParser;
import dev.sagitta.engine.column.ColumnBuilder;
import dev.sagitta.engine.schema.FieldSchema;
import java.io.IOException;

/** The JSON form of a field's vectors, the same in rows and in searches. */
abstract class VectorFormat {
  final FieldSchema field;

  VectorFormat(FieldSchema field) {
    this.field = field;
  }

  static VectorFormat of(FieldSchema field) {
    return switch (field.type()) {
      case FLOAT_VECTOR, FLOAT16_VECTOR, BFLOAT16_VECTOR, INT8_VECTOR ->
          new DenseVectorFormat(field);
      case BINARY_VECTOR -> new BinaryVectorFormat(field);
      case SPARSE_FLOAT_VECTOR -> new SparseVectorFormat(field);
      case ARRAY_OF_VECTOR -> new VectorListFormat(field);
      default -> throw new IllegalArgumentException("field is no vector: type=" + field.type());
    };
  }

  /** Appends the vector at the parser's current token, leaving the parser at its last token. */
  abstract void append(JsonParser parser, ColumnBuilder target)
      throws IOException, WrongVectorException;

  static WrongVectorException wrongShape(String expected, JsonParser parser) throws IOException {
    String actual =
        parser.currentToken().isScalarValue() ? parser.getText() : parser.currentToken().asString();
    return WrongVectorException.shape(expected, actual);
  }
}

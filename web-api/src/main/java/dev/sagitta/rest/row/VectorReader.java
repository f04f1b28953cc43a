package dev.sagitta.rest.row;

import com.fasterxml.jackson.core.JsonParser;
import dev.sagitta.engine.schema.FieldSchema;
import java.io.IOException;

/** FloatVector fields. */
final class VectorReader extends FieldReader {
  private final float[] vector;

  VectorReader(FieldSchema field, int expectedRows) {
    super(field, expectedRows);
    this.vector = new float[field.dimension()];
  }

  @Override
  void readValue(JsonParser parser, int row) throws IOException {
    if (!parser.isExpectedStartArrayToken()) {
      String actual =
          parser.currentToken().isScalarValue()
              ? parser.getText()
              : parser.currentToken().asString();
      throw RowErrors.wrongValue(field, row, field.type().milvusName(), actual);
    }
    int length = FloatArrays.read(parser, vector, 0, vector.length);
    if (length < 0) {
      throw RowErrors.wrongValue(field, row, "finite numbers", parser.getText());
    }
    if (length != vector.length) {
      throw RowErrors.unusable(
          "[]float32 size "
              + length
              + " doesn't equal to vector dimension "
              + vector.length
              + " of "
              + field.type().milvusName()
              + ": field="
              + field.name()
              + " row="
              + row
              + ": invalid parameter");
    }
    builder.appendVector(vector, 0);
  }
}

package dev.sagitta.rest.row;

import com.fasterxml.jackson.core.JsonParser;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import java.io.IOException;

/** Vector fields of rows. */
final class VectorReader extends FieldReader {
  private final VectorFormat format;

  VectorReader(FieldSchema field, int expectedRows) {
    super(field, expectedRows);
    this.format = VectorFormat.of(field);
  }

  @Override
  void readValue(JsonParser parser, int row) throws IOException {
    try {
      format.append(parser, builder);
    } catch (WrongVectorException e) {
      throw error(field, field.type(), e, row);
    }
  }

  /**
   * The error of a row with such a vector.
   *
   * @param type type of the vector, which may be one of a list
   */
  static SagittaException error(
      FieldSchema field, DataType type, WrongVectorException wrong, int row) {
    String typeName = type.milvusName();
    return switch (wrong.fault()) {
      case SHAPE ->
          RowErrors.wrongValue(field, row, typeName + ": " + wrong.expected(), wrong.actual());
      case ELEMENT -> RowErrors.wrongValue(field, row, wrong.expected(), wrong.actual());
      case LENGTH ->
          RowErrors.unusable(
              wrong.actual()
                  + " doesn't equal to vector dimension "
                  + field.dimension()
                  + " of "
                  + typeName
                  + ": field="
                  + field.name()
                  + " row="
                  + row
                  + ": invalid parameter[expected="
                  + wrong.expected()
                  + "][actual="
                  + wrong.actual()
                  + "]");
    };
  }
}

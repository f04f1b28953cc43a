package dev.sagitta.rest.row;

import com.fasterxml.jackson.core.JsonParser;
import dev.sagitta.engine.column.ColumnBuilder;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads one element of an array or of a list of vectors, checked, into the open array. */
@FunctionalInterface
interface ElementReader {
  /** Appends the element at the parser's current token, leaving the parser at its last token. */
  void append(JsonParser parser, ColumnBuilder target, int row) throws IOException;

  /** The reader of the elements of a field. */
  static ElementReader of(FieldSchema field) {
    DataType elementType = field.elementType().orElseThrow();
    if (elementType.isVector()) {
      DenseVectorFormat format = new DenseVectorFormat(field);
      return (parser, target, row) -> {
        try {
          format.append(parser, target);
        } catch (WrongVectorException e) {
          throw VectorReader.error(field, elementType, e, row);
        }
      };
    }
    ScalarValues values = new ScalarValues(field, elementType);
    return switch (elementType) {
      case BOOL -> (parser, target, row) -> target.appendElementBoolean(values.bool(parser, row));
      case INT8, INT16, INT32, INT64 ->
          (parser, target, row) -> target.appendElementLong(values.integer(parser, row));
      case FLOAT, DOUBLE ->
          (parser, target, row) -> target.appendElementDouble(values.floating(parser, row));
      default ->
          (parser, target, row) -> {
            String text = values.text(parser, row);
            values.checkLength(text.getBytes(StandardCharsets.UTF_8).length, row);
            target.appendElementString(text);
          };
    };
  }
}

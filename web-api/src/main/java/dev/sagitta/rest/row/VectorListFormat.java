package dev.sagitta.rest.row;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sagitta.engine.column.ColumnBuilder;
import dev.sagitta.engine.schema.FieldSchema;
import java.io.IOException;

/** Lists of at least one vector, as searches give them: arrays of arrays of numbers. */
final class VectorListFormat extends VectorFormat {
  private final DenseVectorFormat vectors;

  VectorListFormat(FieldSchema field) {
    super(field);
    this.vectors = new DenseVectorFormat(field);
  }

  @Override
  void append(JsonParser parser, ColumnBuilder target) throws IOException, WrongVectorException {
    if (!parser.isExpectedStartArrayToken()) {
      throw wrongShape("an array of vectors", parser);
    }
    target.beginArray();
    boolean empty = true;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (!parser.isExpectedStartArrayToken()) {
        throw wrongShape("an array of vectors", parser);
      }
      vectors.append(parser, target);
      empty = false;
    }
    if (empty) {
      throw WrongVectorException.shape("an array of at least one vector", "[]");
    }
    target.endArray();
  }
}

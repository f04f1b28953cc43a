package dev.sagitta.embedding.http;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sagitta.embedding.EmbeddingMode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Cohere's embeddings, version 2: {@code {"model": .., "texts": [..]}} to {@code {"embeddings":
 * {"float": [[..], ..]}}}.
 *
 * @param elementType float or int8
 * @param truncate NONE, START or END; the service's default when absent
 */
record CohereFormat(
    String model, String elementType, Optional<String> truncate, OptionalInt dimension)
    implements WireFormat {
  CohereFormat {
    requireNonNull(model, "model is null");
    requireNonNull(elementType, "elementType is null");
    requireNonNull(truncate, "truncate is null");
    requireNonNull(dimension, "dimension is null");
  }

  @Override
  public void writeRequest(JsonGenerator out, List<String> texts, EmbeddingMode mode)
      throws IOException {
    out.writeStringField("model", model);
    out.writeArrayFieldStart("texts");
    for (String text : texts) {
      out.writeString(text);
    }
    out.writeEndArray();
    out.writeStringField(
        "input_type", mode == EmbeddingMode.INSERT ? "search_document" : "search_query");
    out.writeArrayFieldStart("embedding_types");
    out.writeString(elementType);
    out.writeEndArray();
    if (truncate.isPresent()) {
      out.writeStringField("truncate", truncate.get());
    }
    if (dimension.isPresent()) {
      out.writeNumberField("output_dimension", dimension.getAsInt());
    }
  }

  @Override
  public void readAnswer(JsonParser in, VectorCollector vectors) throws IOException {
    if (in.nextToken() != JsonToken.START_OBJECT) {
      throw new JsonParseException(in, "the answer must be an object");
    }
    readMember(in, "embeddings", () -> readMember(in, elementType, () -> readVectors(in, vectors)));
  }

  private interface Reader {
    void read() throws IOException;
  }

  /** Reads one member of the object at whose begin the parser stands, and skips the others. */
  private static void readMember(JsonParser in, String wanted, Reader reader) throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw new JsonParseException(in, "an object must hold " + wanted);
    }
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      boolean found = in.currentName().equals(wanted);
      in.nextToken();
      if (found) {
        reader.read();
      } else {
        in.skipChildren();
      }
    }
  }

  private static void readVectors(JsonParser in, VectorCollector vectors) throws IOException {
    if (in.currentToken() != JsonToken.START_ARRAY) {
      throw new JsonParseException(in, "embeddings must be an array of vectors");
    }
    while (in.nextToken() != JsonToken.END_ARRAY) {
      vectors.place(vectors.read(in), vectors.received());
    }
  }
}

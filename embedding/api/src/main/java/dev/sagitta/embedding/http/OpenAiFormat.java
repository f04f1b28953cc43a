package dev.sagitta.embedding.http;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sagitta.embedding.EmbeddingMode;
import java.io.IOException;
import java.util.List;

/**
 * OpenAI's embeddings and the services that speak like it: {@code {"model": .., "input": [..]}} to
 * {@code {"data": [{"index": 0, "embedding": [..]}, ..]}}.
 *
 * @param additions what a service wants beside model and input
 */
record OpenAiFormat(String model, Additions additions) implements WireFormat {
  /** Members of a request that services name differently. */
  @FunctionalInterface
  interface Additions {
    void write(JsonGenerator out, EmbeddingMode mode) throws IOException;
  }

  OpenAiFormat {
    requireNonNull(model, "model is null");
    requireNonNull(additions, "additions is null");
  }

  @Override
  public void writeRequest(JsonGenerator out, List<String> texts, EmbeddingMode mode)
      throws IOException {
    out.writeStringField("model", model);
    out.writeArrayFieldStart("input");
    for (String text : texts) {
      out.writeString(text);
    }
    out.writeEndArray();
    additions.write(out, mode);
  }

  @Override
  public void readAnswer(JsonParser in, VectorCollector vectors) throws IOException {
    if (in.nextToken() != JsonToken.START_OBJECT) {
      throw new JsonParseException(in, "the answer must be an object");
    }
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      boolean data = in.currentName().equals("data");
      JsonToken value = in.nextToken();
      if (!data) {
        in.skipChildren();
      } else if (value == JsonToken.START_ARRAY) {
        while (in.nextToken() != JsonToken.END_ARRAY) {
          readItem(in, vectors);
        }
      } else {
        throw new JsonParseException(in, "data must be an array");
      }
    }
  }

  private static void readItem(JsonParser in, VectorCollector vectors) throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw new JsonParseException(in, "an element of data must be an object");
    }
    int index = vectors.received();
    float[] vector = null;
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      in.nextToken();
      switch (name) {
        case "index" -> index = in.getIntValue();
        case "embedding" -> vector = vectors.read(in);
        default -> in.skipChildren();
      }
    }
    if (vector == null) {
      throw new JsonParseException(in, "an element of data has no embedding");
    }
    vectors.place(vector, index);
  }
}

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

/**
 * Hugging Face's Text Embeddings Inference, {@code POST /embed}: {@code {"inputs": [..]}} to {@code
 * [[..], ..]}.
 *
 * @param ingestionPrompt put before texts of rows
 * @param searchPrompt put before texts of queries
 */
record TeiFormat(
    boolean truncate,
    Optional<String> truncationDirection,
    String ingestionPrompt,
    String searchPrompt)
    implements WireFormat {
  TeiFormat {
    requireNonNull(truncationDirection, "truncationDirection is null");
    requireNonNull(ingestionPrompt, "ingestionPrompt is null");
    requireNonNull(searchPrompt, "searchPrompt is null");
  }

  @Override
  public void writeRequest(JsonGenerator out, List<String> texts, EmbeddingMode mode)
      throws IOException {
    String prompt = mode == EmbeddingMode.INSERT ? ingestionPrompt : searchPrompt;
    out.writeArrayFieldStart("inputs");
    for (String text : texts) {
      out.writeString(prompt + text);
    }
    out.writeEndArray();
    if (truncate) {
      out.writeBooleanField("truncate", true);
    }
    if (truncationDirection.isPresent()) {
      out.writeStringField("truncation_direction", truncationDirection.get());
    }
  }

  @Override
  public void readAnswer(JsonParser in, VectorCollector vectors) throws IOException {
    if (in.nextToken() != JsonToken.START_ARRAY) {
      throw new JsonParseException(in, "the answer must be an array of vectors");
    }
    while (in.nextToken() != JsonToken.END_ARRAY) {
      vectors.place(vectors.read(in), vectors.received());
    }
  }
}

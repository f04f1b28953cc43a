package dev.sagitta.embedding.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.sagitta.embedding.EmbeddingMode;
import java.io.IOException;
import java.util.List;

/** How a service wants texts and gives vectors. */
interface WireFormat {
  /** Writes the request's members; the enclosing object is the caller's. */
  void writeRequest(JsonGenerator out, List<String> texts, EmbeddingMode mode) throws IOException;

  /**
   * Reads an answer.
   *
   * @throws IOException if it is no JSON or has another shape
   */
  void readAnswer(JsonParser in, VectorCollector vectors) throws IOException;
}

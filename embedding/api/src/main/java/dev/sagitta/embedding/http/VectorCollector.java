package dev.sagitta.embedding.http;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import java.io.IOException;
import java.util.BitSet;

/** The vectors of an answer, each checked and put at its text's place. */
final class VectorCollector {
  private final int count;
  private final int dimension;
  private final float[] vectors;
  private final BitSet present = new BitSet();
  private int received;

  VectorCollector(int count, int dimension) {
    this.count = count;
    this.dimension = dimension;
    this.vectors = new float[count * dimension];
  }

  /**
   * Reads an array of numbers; the parser stands at its begin.
   *
   * @throws SagittaException 65535 if it has another number of elements
   */
  float[] read(JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.START_ARRAY) {
      throw new JsonParseException(in, "a vector must be an array of numbers");
    }
    float[] vector = new float[dimension];
    int length = 0;
    while (in.nextToken() != JsonToken.END_ARRAY) {
      float element = in.getFloatValue();
      if (!Float.isFinite(element)) {
        throw new JsonParseException(in, "an element of a vector is not finite");
      }
      if (length < dimension) {
        vector[length] = element;
      }
      length++;
    }
    if (length != dimension) {
      throw failed(
          "the required embedding dim is ["
              + dimension
              + "], but the embedding obtained from the model is ["
              + length
              + "]");
    }
    return vector;
  }

  /** Puts the vector of text {@code index} at its place. */
  void place(float[] vector, int index) {
    received++;
    if (index >= 0 && index < count) {
      System.arraycopy(vector, 0, vectors, index * dimension, dimension);
      present.set(index);
    }
  }

  /** Vectors so far. */
  int received() {
    return received;
  }

  /** All vectors; fails unless each text got one. */
  float[] vectors() {
    if (received != count || present.cardinality() != count) {
      throw failed(
          "get embedding failed, the number of texts and embeddings does not match text:["
              + count
              + "], embedding:["
              + received
              + "]");
    }
    return vectors;
  }

  private static SagittaException failed(String message) {
    return new SagittaException(ErrorCode.UNEXPECTED, message);
  }
}

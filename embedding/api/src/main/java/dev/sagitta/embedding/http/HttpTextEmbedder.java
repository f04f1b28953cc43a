package dev.sagitta.embedding.http;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.sagitta.embedding.EmbeddingMode;
import dev.sagitta.embedding.TextEmbedder;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.time.Deadline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** A model on a service, asked batch by batch. */
final class HttpTextEmbedder implements TextEmbedder {
  private static final JsonFactory JSON = new JsonFactory();
  // Generous for a number with its separator, and for what a service says around the vectors.
  private static final long BYTES_PER_ELEMENT = 40;
  private static final long FURTHER_BYTES = 1 << 20;

  private final ModelHttpClient client;
  private final ModelEndpoint endpoint;
  private final WireFormat format;
  private final int batchSize;
  private final int batchFactor;
  private final int dimension;

  /**
   * Asks nothing yet.
   *
   * @param batchSize most texts of one call of the service
   * @param batchFactor most calls for one request
   */
  HttpTextEmbedder(
      ModelHttpClient client,
      ModelEndpoint endpoint,
      WireFormat format,
      int batchSize,
      int batchFactor,
      int dimension) {
    this.client = requireNonNull(client, "client is null");
    this.endpoint = requireNonNull(endpoint, "endpoint is null");
    this.format = requireNonNull(format, "format is null");
    this.batchSize = batchSize;
    this.batchFactor = batchFactor;
    this.dimension = dimension;
  }

  @Override
  public int maximumBatch() {
    return Math.toIntExact(Math.min(Integer.MAX_VALUE, (long) batchSize * batchFactor));
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public float[] embed(List<String> texts, EmbeddingMode mode, Deadline deadline) {
    float[] vectors = new float[texts.size() * dimension];
    for (int from = 0; from < texts.size(); from += batchSize) {
      List<String> batch = texts.subList(from, Math.min(texts.size(), from + batchSize));
      byte[] answer =
          client.post(
              endpoint.uri(),
              endpoint.headers(),
              request(batch, mode),
              (long) batch.size() * dimension * BYTES_PER_ELEMENT + FURTHER_BYTES,
              deadline);
      float[] part = vectors(answer, batch.size());
      System.arraycopy(part, 0, vectors, from * dimension, part.length);
    }
    return vectors;
  }

  private byte[] request(List<String> batch, EmbeddingMode mode) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      out.writeStartObject();
      format.writeRequest(out, batch, mode);
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to memory", e);
    }
    return bytes.toByteArray();
  }

  private float[] vectors(byte[] answer, int count) {
    VectorCollector vectors = new VectorCollector(count, dimension);
    try (JsonParser in = JSON.createParser(answer)) {
      format.readAnswer(in, vectors);
    } catch (IOException e) {
      throw new SagittaException(
          ErrorCode.UNEXPECTED,
          "Call service failed, unmarshal response failed, errs:[" + e.getMessage() + "]",
          e);
    }
    return vectors.vectors();
  }
}

package dev.sagitta.proxy.rank.model;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sagitta.embedding.http.ModelEndpoint;
import dev.sagitta.embedding.http.ModelHttpClient;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.time.Deadline;
import java.io.IOException;
import java.util.List;

/** A model on a service over HTTP; many texts are sent in several requests. */
final class HttpRerankModel implements RerankModel {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Room in an answer for each text, and for what is around. */
  private static final int ANSWER_BYTES_PER_TEXT = 64 << 10;

  private final ModelHttpClient client;
  private final ModelEndpoint endpoint;
  private final RerankFormat format;
  private final int batchSize;

  HttpRerankModel(
      ModelHttpClient client, ModelEndpoint endpoint, RerankFormat format, int batchSize) {
    this.client = requireNonNull(client, "client is null");
    this.endpoint = requireNonNull(endpoint, "endpoint is null");
    this.format = requireNonNull(format, "format is null");
    this.batchSize = batchSize;
  }

  @Override
  public float[] scores(String query, List<String> texts, Deadline deadline) {
    float[] scores = new float[texts.size()];
    for (int from = 0; from < texts.size(); from += batchSize) {
      List<String> batch = texts.subList(from, Math.min(texts.size(), from + batchSize));
      float[] part = scoresOfBatch(query, batch, deadline);
      System.arraycopy(part, 0, scores, from, part.length);
    }
    return scores;
  }

  private float[] scoresOfBatch(String query, List<String> texts, Deadline deadline) {
    ObjectNode request = JSON.createObjectNode().put("query", query);
    ArrayNode array = request.putArray(format.textsKey());
    texts.forEach(array::add);
    format.constants().forEach((name, value) -> request.set(name, JSON.valueToTree(value)));
    try {
      byte[] answer =
          client.post(
              endpoint.uri(),
              endpoint.headers(),
              JSON.writeValueAsBytes(request),
              (long) ANSWER_BYTES_PER_TEXT * (texts.size() + 1),
              deadline);
      return read(JSON.readTree(answer), texts.size());
    } catch (IOException e) {
      throw unusable("no JSON: " + e.getMessage());
    }
  }

  private float[] read(JsonNode answer, int count) {
    JsonNode results = format.resultsKey().isEmpty() ? answer : answer.path(format.resultsKey());
    if (!results.isArray() || results.size() != count) {
      throw unusable("expected " + count + " results, got " + results.size());
    }
    float[] scores = new float[count];
    boolean[] seen = new boolean[count];
    for (JsonNode result : results) {
      int index = result.path("index").asInt(-1);
      JsonNode score = result.path(format.scoreKey());
      if (index < 0 || index >= count || seen[index] || !score.isNumber()) {
        throw unusable("result without a distinct index or a score: index=" + index);
      }
      seen[index] = true;
      scores[index] = score.floatValue();
    }
    return scores;
  }

  private SagittaException unusable(String why) {
    return new SagittaException(
        ErrorCode.UNEXPECTED,
        "rerank service answered something else: host="
            + endpoint.uri().getAuthority()
            + " reason="
            + why);
  }
}

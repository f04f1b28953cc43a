package dev.sagitta.rest.health;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import dev.sagitta.rest.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The outcome of all readiness checks at one moment.
 *
 * @param problems problem by name of the check; empty text if there is none
 */
public record HealthReport(Map<String, String> problems) {
  /** Milvus's StateCode of healthy parts. */
  private static final String HEALTHY = "Healthy";

  private static final String ABNORMAL = "Abnormal";

  public static HealthReport of(List<ReadinessCheck> checks) {
    Map<String, String> problems = new LinkedHashMap<>();
    for (ReadinessCheck check : checks) {
      problems.put(check.name(), problemOf(check));
    }
    return new HealthReport(problems);
  }

  private static String problemOf(ReadinessCheck check) {
    try {
      return check.problem().orElse("");
    } catch (RuntimeException e) {
      return "check failed: " + e;
    }
  }

  public boolean isReady() {
    return problems.values().stream().allMatch(String::isEmpty);
  }

  /** All problems in one line, empty when ready. */
  public Optional<String> reason() {
    List<String> reasons =
        problems.entrySet().stream()
            .filter(entry -> !entry.getValue().isEmpty())
            .map(entry -> entry.getKey() + ": " + entry.getValue())
            .toList();
    return reasons.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", reasons));
  }

  /** Milvus's JSON form: {@code {"state":"OK","detail":[{"name":..,"code":..}]}}. */
  public byte[] json() {
    try (ByteArrayBuilder bytes = new ByteArrayBuilder();
        JsonGenerator out = Json.factory().createGenerator(bytes)) {
      out.writeStartObject();
      out.writeStringField("state", reason().map(text -> "not ready: " + text).orElse("OK"));
      out.writeArrayFieldStart("detail");
      for (Map.Entry<String, String> problem : problems.entrySet()) {
        out.writeStartObject();
        out.writeStringField("name", problem.getKey());
        out.writeStringField("code", problem.getValue().isEmpty() ? HEALTHY : ABNORMAL);
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeEndObject();
      out.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.sagitta.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/** What goes back: an HTTP status and a JSON document (plain text for unknown paths). */
public record RestAnswer(int status, String contentType, byte[] body) {
  public static final String JSON = "application/json; charset=utf-8";

  public RestAnswer {
    requireNonNull(contentType, "contentType is null");
    requireNonNull(body, "body is null");
  }

  /** The answer of unknown paths. */
  public static RestAnswer notFound() {
    return new RestAnswer(404, "text/plain", "404 page not found".getBytes(UTF_8));
  }
}

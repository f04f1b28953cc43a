package dev.sagitta.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sagitta.rest.json.RequestBody;
import java.io.IOException;

/** Answers the requests of one path. */
@FunctionalInterface
public interface Endpoint {
  /**
   * Carries out a request and writes the members of the answer after {@code code}, usually only
   * {@code data}. What was written is dropped when it throws.
   */
  void answer(RequestContext context, RequestBody body, JsonGenerator out) throws IOException;
}

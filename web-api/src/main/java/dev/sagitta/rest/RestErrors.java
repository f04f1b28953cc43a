package dev.sagitta.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.rest.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Answers of requests that failed: code and message, no data. */
public final class RestErrors {
  private RestErrors() {}

  static RestAnswer answer(int status, int code, String message) {
    try (ByteArrayBuilder bytes = new ByteArrayBuilder();
        JsonGenerator out = Json.factory().createGenerator(bytes)) {
      out.writeStartObject();
      out.writeNumberField("code", code);
      out.writeStringField("message", message == null ? "" : message);
      out.writeEndObject();
      out.flush();
      return new RestAnswer(status, RestAnswer.JSON, bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A body larger than the limit; the connection stays usable. */
  public static RestAnswer bodyTooLarge(long limit) {
    return answer(
        200,
        ErrorCode.PARAMETER_TOO_LARGE.code(),
        "request body is too large: limit=" + limit + " bytes; send fewer rows at a time");
  }

  /** No room for another body now; retriable. */
  public static RestAnswer tooManyBodies(long limit) {
    return answer(
        200,
        ErrorCode.REQUEST_LIMIT_EXCEEDED.code(),
        "too much request data in progress: limit=" + limit + " bytes; try again");
  }

  /** The client stopped sending before the end of its body. */
  public static RestAnswer bodyCutOff(String why) {
    return answer(
        200,
        ErrorCode.REST_INVALID_JSON.code(),
        "can only accept json format request, error: request body ended early: " + why);
  }

  /** The server is not ready for requests; retriable. */
  public static RestAnswer notReady(String why) {
    return answer(200, ErrorCode.SERVICE_NOT_READY.code(), "service not ready: " + why);
  }
}

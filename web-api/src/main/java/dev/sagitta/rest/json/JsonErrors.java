package dev.sagitta.rest.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import java.io.IOException;

/** Errors of requests that are no usable JSON, with Milvus's codes and opening words. */
public final class JsonErrors {
  private static final int SHOWN_CHARACTERS = 64;

  private JsonErrors() {}

  /** Code 1801: not JSON, or JSON of another shape. */
  public static SagittaException malformed(String why) {
    return new SagittaException(
        ErrorCode.REST_INVALID_JSON, "can only accept json format request, error: " + why);
  }

  /** Code 1801 for what the parser says; the location counts from the value's first byte. */
  public static SagittaException malformed(IOException error) {
    return new SagittaException(
        ErrorCode.REST_INVALID_JSON,
        "can only accept json format request, error: " + describe(error),
        error);
  }

  /** Code 1801: the key has a value of another type. */
  public static SagittaException wrongType(String key, String expected, Object actual) {
    return malformed(key + " must be " + expected + ": value=" + shorten(String.valueOf(actual)));
  }

  /** Code 1802: the body lacks a required key. */
  public static SagittaException missing(String key) {
    String field = Character.toUpperCase(key.charAt(0)) + key.substring(1);
    return new SagittaException(
        ErrorCode.REST_MISSING_PARAMETER,
        "missing required parameters, error: Field validation for '"
            + field
            + "' failed on the 'required' tag: key="
            + key);
  }

  /** The parser's message without its long source description. */
  public static String describe(IOException error) {
    if (error instanceof StreamConstraintsException) {
      return error.getMessage();
    }
    if (error instanceof JsonProcessingException json) {
      String location =
          json.getLocation() == null ? "" : ": offset=" + json.getLocation().getByteOffset();
      return json.getOriginalMessage() + location;
    }
    return String.valueOf(error.getMessage());
  }

  /** At most 64 characters of a value, for messages. */
  public static String shorten(String value) {
    return value.length() <= SHOWN_CHARACTERS
        ? value
        : value.substring(0, SHOWN_CHARACTERS) + "...";
  }
}

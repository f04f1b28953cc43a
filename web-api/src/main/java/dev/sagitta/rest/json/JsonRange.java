package dev.sagitta.rest.json;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** One JSON value as a range of bytes of the body, not yet parsed. */
public record JsonRange(byte[] bytes, int offset, int length) {
  public JsonParser parser() throws IOException {
    return Json.parser(bytes, offset, length);
  }

  /** The value's first byte, which tells its type. */
  public byte firstByte() {
    return bytes[offset];
  }

  public boolean isNull() {
    return firstByte() == 'n';
  }

  /** The value as it was sent. */
  public String text() {
    return new String(bytes, offset, length, StandardCharsets.UTF_8);
  }
}

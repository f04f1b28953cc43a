package dev.sagitta.rest.row;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Base64;

/** Bytes in JSON. */
final class Base64Text {
  private Base64Text() {}

  /** The bytes of the text that is the parser's current token. */
  static byte[] decode(JsonParser parser) throws IOException, WrongVectorException {
    String text = parser.getText();
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw WrongVectorException.shape("base64 text", text);
    }
  }
}

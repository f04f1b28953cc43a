package dev.sagitta.rest.openapi;

import java.io.IOException;
import java.io.InputStream;

/**
 * The OpenAPI 3.0 document of the REST API, in YAML. Its examples are a session that succeeds on an
 * empty database when they are sent in the order of the document; tests do that.
 */
public final class OpenApiDocument {
  private OpenApiDocument() {}

  /** The document's text in UTF-8. */
  public static byte[] yaml() throws IOException {
    try (InputStream in = OpenApiDocument.class.getResourceAsStream("openapi.yaml")) {
      if (in == null) {
        throw new IOException("resource is missing: openapi.yaml");
      }
      return in.readAllBytes();
    }
  }
}

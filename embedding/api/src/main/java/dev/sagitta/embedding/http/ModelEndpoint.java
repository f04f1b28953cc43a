package dev.sagitta.embedding.http;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.error.SagittaException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;

/**
 * Where a service is, and what it wants to see beside the request.
 *
 * @param headers secrets among them: never shown
 */
public record ModelEndpoint(URI uri, Map<String, String> headers) {
  public ModelEndpoint {
    requireNonNull(uri, "uri is null");
    headers = Map.copyOf(requireNonNull(headers, "headers is null"));
  }

  /**
   * The URI of a service.
   *
   * @throws SagittaException 1100 unless it is http or https with a host
   */
  public static URI uri(String text) {
    try {
      URI uri = new URI(text);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (http && uri.getHost() != null && uri.getUserInfo() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // falls through to the message below, which says the same
    }
    throw SagittaException.invalidParameter(
        "endpoint: [" + text + "] is not a valid http/https link");
  }

  @Override
  public String toString() {
    return "ModelEndpoint[uri=" + uri + ", headers=" + headers.keySet() + "]";
  }
}

package dev.sagitta.bench.rest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;

/** The server that is measured: single calls, encoded requests for load, its processor time. */
final class RestServer implements AutoCloseable {
  private static final String PREFIX = "/v2/vectordb/";
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final String CPU_METRIC = "process_cpu_seconds_total ";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final String host;
  private final int port;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  RestServer(String host, int port) {
    this.host = requireNonNull(host, "host is null");
    this.port = port;
  }

  InetSocketAddress address() {
    return new InetSocketAddress(host, port);
  }

  /** A whole HTTP request in memory outside the heap, ready to be sent again and again. */
  ByteBuffer encode(String path, byte[] body) {
    byte[] head =
        ("POST "
                + PREFIX
                + path
                + " HTTP/1.1\r\nHost: "
                + host
                + ":"
                + port
                + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length
                + "\r\n\r\n")
            .getBytes(US_ASCII);
    return ByteBuffer.allocateDirect(head.length + body.length).put(head).put(body).flip();
  }

  /** Calls once and gives the answer, which may report an error. */
  JsonNode ask(String path, byte[] body) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(uri(PREFIX + path))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    return MAPPER.readTree(send(request));
  }

  /** Calls once and gives the answer; errors are thrown. */
  JsonNode call(String path, byte[] body) throws IOException {
    JsonNode answer = ask(path, body);
    if (answer.path("code").asInt(-1) != 0) {
      throw new IOException(path + " failed: " + answer);
    }
    return answer;
  }

  /** Processor time of the server's process so far; not a number if it does not tell. */
  double processorSeconds() throws IOException {
    HttpRequest request = HttpRequest.newBuilder(uri("/metrics")).timeout(TIMEOUT).build();
    return send(request)
        .lines()
        .filter(line -> line.startsWith(CPU_METRIC))
        .mapToDouble(line -> Double.parseDouble(line.substring(CPU_METRIC.length())))
        .findFirst()
        .orElse(Double.NaN);
  }

  private URI uri(String path) {
    return URI.create("http://" + host + ":" + port + path);
  }

  private String send(HttpRequest request) throws IOException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted: uri=" + request.uri(), e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}

package dev.sagitta.rest;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Function;

/**
 * One HTTP POST.
 *
 * @param path path below {@value RestDispatcher#BASE_PATH}, for example {@code /entities/search}
 * @param headers a header's value by name; names match without regard to case
 * @param body bytes of the body, {@code bodyLength} of them valid
 */
public record RestRequest(
    String path, Function<String, Optional<String>> headers, byte[] body, int bodyLength) {
  public RestRequest {
    requireNonNull(path, "path is null");
    requireNonNull(headers, "headers is null");
    requireNonNull(body, "body is null");
  }
}

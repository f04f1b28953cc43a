package dev.sagitta.bench.rest;

/** The server answered a request with an error. */
final class RefusedRequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RefusedRequestException(String answer) {
    super(answer);
  }
}

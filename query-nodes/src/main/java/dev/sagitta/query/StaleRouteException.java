package dev.sagitta.query;

/** The asked node does not own the vchannel (any more), or a located row is gone. */
public final class StaleRouteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StaleRouteException(String message) {
    super(message);
  }
}

package dev.sagitta.coordinator.cluster;

/** The called node is not in the cluster, or left it before it answered. */
public final class NodeUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NodeUnavailableException(String message) {
    super(message);
  }

  public NodeUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}

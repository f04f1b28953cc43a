package dev.sagitta.coordinator.data;

/** The caller no longer owns the vchannel: it must drop its growing rows and end its session. */
public final class OwnershipLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public OwnershipLostException(String message) {
    super(message);
  }
}

package dev.sagitta.worker.data;

/** The delivery session ended while work for it was going on; its records will come again. */
final class SessionEndedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SessionEndedException(String sessionId) {
    super("session has ended: session=" + sessionId);
  }
}

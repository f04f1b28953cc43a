package dev.sagitta.launcher;

/** Something the user must know: one line, printed as it is; the launcher then exits with 1. */
final class LauncherException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LauncherException(String message) {
    super(message);
  }

  LauncherException(String message, Throwable cause) {
    super(message, cause);
  }
}

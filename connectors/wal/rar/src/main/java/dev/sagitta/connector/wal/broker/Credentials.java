package dev.sagitta.connector.wal.broker;

import static java.util.Objects.requireNonNull;

/** User and password at the broker. */
public record Credentials(String user, String password) {
  public Credentials {
    requireNonNull(user, "user is null");
    requireNonNull(password, "password is null");
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "user=" + user;
  }
}

package dev.sagitta.connector.wal.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Set;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager;

/** Lets one user do everything and nobody else anything. */
final class SingleUserSecurityManager implements ActiveMQSecurityManager {
  private final Credentials credentials;

  SingleUserSecurityManager(Credentials credentials) {
    this.credentials = credentials;
  }

  @Override
  public boolean validateUser(String user, String password) {
    return same(credentials.user(), user) && same(credentials.password(), password);
  }

  @Override
  public boolean validateUserAndRole(
      String user, String password, Set<Role> roles, CheckType checkType) {
    return validateUser(user, password);
  }

  private static boolean same(String expected, String actual) {
    return actual != null
        && MessageDigest.isEqual(expected.getBytes(UTF_8), actual.getBytes(UTF_8));
  }
}

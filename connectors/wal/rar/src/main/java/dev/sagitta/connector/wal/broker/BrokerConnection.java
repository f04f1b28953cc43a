package dev.sagitta.connector.wal.broker;

import java.util.Optional;
import org.apache.activemq.artemis.api.core.ActiveMQDisconnectedException;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;

/** One connection; when it breaks, it and all its sessions are dead for good. */
public final class BrokerConnection implements AutoCloseable {
  private static final int ACKNOWLEDGE_AT_ONCE = 0;

  private final ClientSessionFactory factory;
  private final Optional<Credentials> credentials;

  BrokerConnection(ClientSessionFactory factory, Optional<Credentials> credentials) {
    this.factory = factory;
    this.credentials = credentials;
  }

  /** A session whose sends and acknowledgements take effect with its commits. */
  public ClientSession createTransactedSession() throws ActiveMQException {
    return createSession(false);
  }

  /** A session without transactions, for management requests. */
  public ClientSession createSession() throws ActiveMQException {
    return createSession(true);
  }

  private ClientSession createSession(boolean autoCommit) throws ActiveMQException {
    return factory.createSession(
        credentials.map(Credentials::user).orElse(null),
        credentials.map(Credentials::password).orElse(null),
        false,
        autoCommit,
        autoCommit,
        false,
        ACKNOWLEDGE_AT_ONCE);
  }

  /** Breaks the connection without waiting for the broker: calls under way fail at once. */
  public void abort(String reason) {
    RemotingConnection connection = factory.getConnection();
    if (connection != null) {
      connection.fail(new ActiveMQDisconnectedException(reason));
    }
  }

  /** Waits for the broker for the call timeout at most. */
  @Override
  public void close() {
    factory.close();
  }
}

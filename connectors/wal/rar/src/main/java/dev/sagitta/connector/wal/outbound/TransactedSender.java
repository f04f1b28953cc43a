package dev.sagitta.connector.wal.outbound;

import dev.sagitta.connector.wal.WalEntry;
import dev.sagitta.connector.wal.broker.BrokerConnection;
import dev.sagitta.connector.wal.broker.BrokerConnector;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQNonExistentQueueException;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;

/** One connection with one transacted session. Used by one thread; only abort is for others. */
final class TransactedSender implements AutoCloseable {
  private static final Duration BARRIER_LIFETIME = Duration.ofSeconds(60);
  private static final long NEVER = 0;

  /** The same for all: the broker sorts by priority before order. */
  private static final byte PRIORITY = 4;

  private final BrokerConnection connection;
  private final MessageForm form;
  private final ClientSession session;
  private final ClientProducer producer;
  private final Set<String> knownQueues = new HashSet<>();

  private TransactedSender(
      BrokerConnection connection,
      MessageForm form,
      ClientSession session,
      ClientProducer producer) {
    this.connection = connection;
    this.form = form;
    this.session = session;
    this.producer = producer;
  }

  static TransactedSender open(BrokerConnector connector, MessageForm form)
      throws ActiveMQException {
    BrokerConnection connection = connector.connect();
    try {
      ClientSession session = connection.createTransactedSession();
      return new TransactedSender(connection, form, session, session.createProducer());
    } catch (ActiveMQException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * Checks that the broker has the queues: it drops messages to others without a word.
   *
   * @throws ActiveMQNonExistentQueueException if it does not; nothing was sent
   */
  void requireQueues(List<PendingRequest> requests) throws ActiveMQException {
    for (PendingRequest request : requests) {
      for (WalEntry entry : request.entries()) {
        String queue = entry.pchannel();
        if (!knownQueues.contains(queue)) {
          if (!session.queueQuery(SimpleString.of(queue)).isExists()) {
            throw new ActiveMQNonExistentQueueException(
                "the broker has no such queue: queue=" + queue);
          }
          knownQueues.add(queue);
        }
      }
    }
  }

  /** Hands the requests to the broker; they take effect with {@link #commit}. */
  void send(List<PendingRequest> requests) throws ActiveMQException {
    for (PendingRequest request : requests) {
      for (WalEntry entry : request.entries()) {
        producer.send(entry.pchannel(), message(entry));
      }
    }
  }

  private ClientMessage message(WalEntry entry) {
    boolean durable = form == MessageForm.RECORD;
    long now = System.currentTimeMillis();
    ClientMessage message =
        session.createMessage(
            Message.DEFAULT_TYPE,
            durable,
            durable ? NEVER : now + BARRIER_LIFETIME.toMillis(),
            now,
            PRIORITY);
    if (!entry.vchannel().isEmpty()) {
      message.putStringProperty(Message.HDR_GROUP_ID, SimpleString.of(entry.vchannel()));
    }
    message.getBodyBuffer().writeBytes(entry.body());
    return message;
  }

  /** Makes everything sent since the last commit or rollback take effect, durably. */
  void commit() throws ActiveMQException {
    session.commit();
  }

  void rollback() throws ActiveMQException {
    session.rollback();
  }

  void abort(String reason) {
    connection.abort(reason);
  }

  @Override
  public void close() {
    connection.close();
  }
}

package dev.sagitta.connector.wal.inflow;

import dev.sagitta.connector.wal.WalRecord;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.core.client.impl.ClientConsumerInternal;
import org.apache.activemq.artemis.core.client.impl.ClientMessageImpl;

/**
 * A record as its session delivered it. It keeps nothing of the broker's message but its number.
 */
final class DeliveredRecord implements WalRecord {
  private final InflowSession session;
  private final ClientConsumerInternal consumer;
  private final long messageId;
  private final String pchannel;
  private final String vchannel;
  private final boolean barrier;
  private final boolean redelivered;
  private final int size;

  private volatile byte[] body;

  /** Guarded by the session's lock. */
  private boolean acknowledged;

  DeliveredRecord(
      InflowSession session,
      ClientConsumerInternal consumer,
      String pchannel,
      ClientMessage message) {
    this.session = session;
    this.consumer = consumer;
    this.pchannel = pchannel;
    messageId = message.getMessageID();
    SimpleString group = message.getGroupID();
    vchannel = group == null ? "" : group.toString();
    barrier = !message.isDurable();
    redelivered = message.getDeliveryCount() > 1;
    size = message.getBodyBuffer().readableBytes();
    body = new byte[size];
    message.getBodyBuffer().readBytes(body);
  }

  boolean deliveredBy(InflowSession other) {
    return session == other;
  }

  boolean acknowledged() {
    return acknowledged;
  }

  void markAcknowledged() {
    acknowledged = true;
  }

  /** Takes effect with the session's next commit. */
  void acknowledge() throws ActiveMQException {
    ClientMessageImpl reference = new ClientMessageImpl();
    reference.setMessageID(messageId);
    consumer.individualAcknowledge(reference);
  }

  @Override
  public String pchannel() {
    return pchannel;
  }

  @Override
  public String vchannel() {
    return vchannel;
  }

  @Override
  public byte[] body() {
    byte[] current = body;
    if (current == null) {
      throw new IllegalStateException(
          "the body is released: pchannel="
              + pchannel
              + ", vchannel="
              + vchannel
              + ", message="
              + messageId);
    }
    return current;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void releaseBody() {
    body = null;
  }

  @Override
  public boolean barrier() {
    return barrier;
  }

  @Override
  public boolean redelivered() {
    return redelivered;
  }

  @Override
  public String toString() {
    return (barrier ? "barrier" : "record")
        + "[pchannel="
        + pchannel
        + ", vchannel="
        + vchannel
        + ", message="
        + messageId
        + "]";
  }
}

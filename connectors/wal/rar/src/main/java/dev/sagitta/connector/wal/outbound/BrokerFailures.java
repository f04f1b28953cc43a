package dev.sagitta.connector.wal.outbound;

import dev.sagitta.connector.wal.WalException;
import dev.sagitta.connector.wal.WalFullException;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQExceptionType;

/** What the broker's errors mean for an append. */
final class BrokerFailures {
  private BrokerFailures() {}

  /**
   * Whether the broker answered with a refusal, so that nothing was written. Anything else breaks
   * the connection, and with it the knowledge of the outcome.
   */
  static boolean refusal(ActiveMQException e) {
    return switch (e.getType()) {
      case ADDRESS_FULL,
          ADDRESS_DOES_NOT_EXIST,
          QUEUE_DOES_NOT_EXIST,
          SECURITY_EXCEPTION,
          TRANSACTION_ROLLED_BACK,
          ILLEGAL_STATE,
          INVALID_FILTER_EXPRESSION ->
          true;
      default -> false;
    };
  }

  /** A refusal in the log's words. */
  static WalException refused(ActiveMQException e) {
    if (e.getType() == ActiveMQExceptionType.ADDRESS_FULL) {
      return new WalFullException("the broker has no room: " + e.getMessage(), e);
    }
    return new WalException("the broker refused: " + e.getMessage(), e);
  }
}

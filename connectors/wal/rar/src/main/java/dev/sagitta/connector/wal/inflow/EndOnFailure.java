package dev.sagitta.connector.wal.inflow;

import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.client.SessionFailureListener;

/** Ends a session as soon as its connection is known to be broken. */
record EndOnFailure(InflowSession session) implements SessionFailureListener {
  @Override
  public void connectionFailed(ActiveMQException failure, boolean failedOver) {
    session.end("connection failed: " + failure.getMessage());
  }

  @Override
  public void connectionFailed(
      ActiveMQException failure, boolean failedOver, String scaleDownTargetNodeId) {
    connectionFailed(failure, failedOver);
  }

  @Override
  public void beforeReconnect(ActiveMQException failure) {
    session.end("connection failed: " + failure.getMessage());
  }
}

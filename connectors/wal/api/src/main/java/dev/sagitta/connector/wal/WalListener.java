package dev.sagitta.connector.wal;

import java.util.List;

/**
 * Listener interface of message-driven beans that read the log. Calls of one session come one after
 * the other; a session serves many vchannels, each in order.
 */
public interface WalListener {
  /**
   * Takes a batch in delivery order, records of several vchannels mixed. Returning does not
   * acknowledge. An exception ends the session: all its unacknowledged records are delivered again.
   */
  void onRecords(List<WalRecord> batch, WalDelivery delivery);

  /** The session has ended; nothing more of it will come. Called once, also on clean stop. */
  void onSessionEnded(WalDelivery delivery);
}

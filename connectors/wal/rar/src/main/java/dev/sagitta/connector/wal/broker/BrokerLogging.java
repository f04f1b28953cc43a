package dev.sagitta.connector.wal.broker;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps the broker's audit log off unless somebody has set its level: at the usual INFO it writes
 * several lines for every message.
 */
final class BrokerLogging {
  /** Held, because the logging system forgets the level of loggers that nobody holds. */
  private static final Logger audit = Logger.getLogger("org.apache.activemq.audit");

  private BrokerLogging() {}

  static void silenceAudit() {
    if (audit.getLevel() == null) {
      audit.setLevel(Level.WARNING);
    }
  }
}

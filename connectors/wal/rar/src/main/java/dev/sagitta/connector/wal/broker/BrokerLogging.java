package dev.sagitta.connector.wal.broker;

import java.util.List;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Keeps the broker's log readable: no audit log unless somebody has set its level (at the usual
 * INFO it writes several lines for every message), and no warnings about what we configure on
 * purpose.
 */
final class BrokerLogging {
  /** Held, because the logging system forgets the settings of loggers that nobody holds. */
  private static final Logger audit = Logger.getLogger("org.apache.activemq.audit");

  private static final Logger server = Logger.getLogger("org.apache.activemq.artemis.core.server");

  /** Queues without a dead letter address and without an expiry address. */
  private static final List<String> INTENDED = List.of("AMQ222165", "AMQ222166");

  private BrokerLogging() {}

  static void configure() {
    if (audit.getLevel() == null) {
      audit.setLevel(Level.WARNING);
    }
    Filter previous = server.getFilter();
    if (!(previous instanceof UnintendedOnly)) {
      server.setFilter(new UnintendedOnly(previous));
    }
  }

  private record UnintendedOnly(Filter next) implements Filter {
    @Override
    public boolean isLoggable(LogRecord record) {
      String message = record.getMessage();
      return (message == null || INTENDED.stream().noneMatch(message::startsWith))
          && (next == null || next.isLoggable(record));
    }
  }
}

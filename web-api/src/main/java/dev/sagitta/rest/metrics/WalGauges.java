package dev.sagitta.rest.metrics;

import dev.sagitta.connector.wal.WalBacklog;
import dev.sagitta.connector.wal.WalConnection;
import dev.sagitta.connector.wal.WalConnectionFactory;
import dev.sagitta.connector.wal.WalException;
import dev.sagitta.engine.metrics.Labels;
import dev.sagitta.engine.metrics.MetricRegistry;
import java.util.function.ToDoubleFunction;

/** What waits in the log; not a number while the broker cannot be asked. */
public final class WalGauges {
  private WalGauges() {}

  public static void register(MetricRegistry registry, WalConnectionFactory log) {
    registry.gauge(
        "sagitta_wal_backlog_records",
        "Records of the log that are not yet flushed and acknowledged",
        Labels.NONE,
        () -> backlog(log, WalBacklog::records));
    registry.gauge(
        "sagitta_wal_backlog_bytes",
        "Bytes of the log that are not yet flushed and acknowledged",
        Labels.NONE,
        () -> backlog(log, WalBacklog::bytes));
  }

  private static double backlog(WalConnectionFactory log, ToDoubleFunction<WalBacklog> value) {
    try (WalConnection connection = log.connect()) {
      return value.applyAsDouble(connection.backlog());
    } catch (WalException e) {
      return Double.NaN;
    }
  }
}

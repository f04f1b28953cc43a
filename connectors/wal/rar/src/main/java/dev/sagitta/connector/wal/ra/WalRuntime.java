package dev.sagitta.connector.wal.ra;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import dev.sagitta.connector.wal.WalException;
import dev.sagitta.connector.wal.broker.BacklogSource;
import dev.sagitta.connector.wal.broker.BrokerConnector;
import dev.sagitta.connector.wal.broker.EmbeddedBroker;
import dev.sagitta.connector.wal.broker.RemoteBacklog;
import dev.sagitta.connector.wal.outbound.LogAppender;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Everything that runs while the adapter is started. Shared by adapters with equal settings. */
final class WalRuntime implements AutoCloseable {
  private static final System.Logger logger = System.getLogger(WalRuntime.class.getName());
  private static final Duration REACHABLE_POLL = Duration.ofMillis(100);

  private final WalSettings settings;
  private final BrokerConnector connector;
  private final LogAppender appender;
  private final Deque<AutoCloseable> closeables;

  private WalRuntime(
      WalSettings settings,
      BrokerConnector connector,
      LogAppender appender,
      Deque<AutoCloseable> closeables) {
    this.settings = settings;
    this.connector = connector;
    this.appender = appender;
    this.closeables = closeables;
  }

  /**
   * Starts everything, or leaves nothing behind. A remote broker need not be there yet.
   *
   * @throws WalException if the embedded broker does not start
   */
  static WalRuntime start(WalSettings settings) {
    Deque<AutoCloseable> closeables = new ArrayDeque<>();
    try {
      Optional<EmbeddedBroker> broker = settings.embedded().map(EmbeddedBroker::start);
      broker.ifPresent(closeables::push);
      BrokerConnector connector =
          broker
              .map(
                  embedded ->
                      BrokerConnector.embedded(
                          embedded,
                          settings.embedded().orElseThrow().credentials(),
                          settings.appendTimeout()))
              .orElseGet(
                  () ->
                      BrokerConnector.remote(
                          settings.remote().orElseThrow(),
                          settings.appendTimeout(),
                          settings.connectionTimeToLive()));
      closeables.push(connector);
      BacklogSource backlog =
          broker
              .map(EmbeddedBroker::backlogSource)
              .orElseGet(() -> new RemoteBacklog(connector, settings.pchannels()));
      closeables.push(backlog);
      LogAppender appender =
          new LogAppender(connector, backlog, settings.admissionBytes(), settings.appendTimeout());
      closeables.push(appender);
      logger.log(INFO, "log connector started: broker={0}", connector);
      return new WalRuntime(settings, connector, appender, closeables);
    } catch (RuntimeException e) {
      closeAll(closeables);
      throw e;
    }
  }

  WalSettings settings() {
    return settings;
  }

  BrokerConnector connector() {
    return connector;
  }

  LogAppender appender() {
    return appender;
  }

  /**
   * Returns when the broker answers.
   *
   * @throws WalException if it does not within the append timeout
   */
  void verifyReachable() {
    long deadline = System.nanoTime() + settings.appendTimeout().toNanos();
    while (true) {
      try {
        connector.connect().close();
        return;
      } catch (WalException e) {
        if (System.nanoTime() - deadline >= 0) {
          throw e;
        }
        pause(e);
      }
    }
  }

  private static void pause(WalException cause) {
    try {
      Thread.sleep(REACHABLE_POLL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cause;
    }
  }

  private static void closeAll(Deque<AutoCloseable> closeables) {
    while (!closeables.isEmpty()) {
      AutoCloseable closeable = closeables.pop();
      try {
        closeable.close();
      } catch (Exception e) {
        logger.log(WARNING, "does not close: " + closeable, e);
      }
    }
  }

  @Override
  public void close() {
    closeAll(closeables);
    logger.log(INFO, "log connector stopped: broker={0}", connector);
  }
}

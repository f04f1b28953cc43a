package dev.sagitta.connector.wal.broker;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import dev.sagitta.connector.wal.WalBacklog;
import dev.sagitta.connector.wal.WalException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMConnectorFactory;
import org.apache.activemq.artemis.core.remoting.impl.invm.TransportConstants;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.ActiveMQServers;
import org.apache.activemq.artemis.core.server.Queue;

/** The broker of this process. It survives {@code kill -9} without losing an answered append. */
public final class EmbeddedBroker implements AutoCloseable {
  private static final System.Logger logger = System.getLogger(EmbeddedBroker.class.getName());
  private static final AtomicInteger serverIds = new AtomicInteger();

  private final EmbeddedBrokerSettings settings;
  private final DirectoryLock lock;
  private final ActiveMQServer server;
  private final int serverId;
  private final List<Queue> queues;

  private EmbeddedBroker(
      EmbeddedBrokerSettings settings,
      DirectoryLock lock,
      ActiveMQServer server,
      int serverId,
      List<Queue> queues) {
    this.settings = settings;
    this.lock = lock;
    this.server = server;
    this.serverId = serverId;
    this.queues = queues;
  }

  /**
   * Starts a broker, or leaves nothing behind.
   *
   * @throws WalException if the directory is in use or the broker cannot start
   */
  public static EmbeddedBroker start(EmbeddedBrokerSettings settings) {
    BrokerLogging.configure();
    DirectoryLock lock = DirectoryLock.acquire(settings.directory());
    int serverId = serverIds.getAndIncrement();
    ActiveMQServer server = null;
    try {
      Configuration configuration = BrokerConfigurations.configuration(settings, serverId);
      server =
          ActiveMQServers.newActiveMQServer(
              configuration,
              null,
              settings.credentials().map(SingleUserSecurityManager::new).orElse(null),
              true);
      activate(server);
      List<Queue> queues = new ArrayList<>();
      for (String name : settings.queues()) {
        queues.add(
            Optional.ofNullable(server.locateQueue(name))
                .orElseThrow(() -> new WalException("the broker has no such queue=" + name)));
      }
      logger.log(
          INFO,
          "broker started: directory={0}, acceptor={1}",
          settings.directory(),
          settings.acceptor().map(AcceptorAddress::toString).orElse("none"));
      return new EmbeddedBroker(settings, lock, server, serverId, List.copyOf(queues));
    } catch (Exception | LinkageError e) {
      WalException failure =
          new WalException(
              "the broker did not start: directory=" + settings.directory() + ": " + e, e);
      stop(server, failure);
      lock.close();
      throw failure;
    }
  }

  /** The server reports most failures to listeners only, and returns as if it had started. */
  private static void activate(ActiveMQServer server) throws Exception {
    AtomicReference<Exception> failure = new AtomicReference<>();
    server.registerActivationFailureListener(failure::set);
    server.start();
    if (failure.get() != null) {
      throw failure.get();
    }
    if (!server.isActive()) {
      throw new IllegalStateException("the broker is not active: state=" + server.getState());
    }
  }

  private static void stop(ActiveMQServer server, Exception failure) {
    if (server == null) {
      return;
    }
    try {
      server.stop();
    } catch (Exception e) {
      failure.addSuppressed(e);
    }
  }

  /** How clients of this process reach the broker. */
  public TransportConfiguration connector() {
    return new TransportConfiguration(
        InVMConnectorFactory.class.getName(),
        Map.of(TransportConstants.SERVER_ID_PROP_NAME, serverId));
  }

  /** Counts as the queues keep them: exact, and cheap enough to ask for each append. */
  public BacklogSource backlogSource() {
    return () -> {
      long records = 0;
      long bytes = 0;
      for (Queue queue : queues) {
        records += queue.getDurableMessageCount();
        bytes += queue.getDurablePersistentSize();
      }
      return new WalBacklog(records, bytes);
    };
  }

  ActiveMQServer server() {
    return server;
  }

  @Override
  public void close() {
    try {
      server.stop();
      logger.log(INFO, "broker stopped: directory={0}", settings.directory());
    } catch (Exception e) {
      logger.log(WARNING, "broker did not stop cleanly: directory=" + settings.directory(), e);
    } finally {
      lock.close();
    }
  }
}

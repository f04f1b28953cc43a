package dev.sagitta.connector.wal.broker;

import dev.sagitta.connector.wal.WalException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;

/** Opens connections to one broker. */
public final class BrokerConnector implements AutoCloseable {
  private static final int EVERYTHING = -1;

  private final ServerLocator locator;
  private final Optional<Credentials> credentials;
  private final String description;

  private BrokerConnector(
      ServerLocator locator, Optional<Credentials> credentials, String description) {
    this.locator = locator;
    this.credentials = credentials;
    this.description = description;
  }

  /** To the broker of this process. */
  public static BrokerConnector embedded(
      EmbeddedBroker broker, Optional<Credentials> credentials, Duration callTimeout) {
    ServerLocator locator = ActiveMQClient.createServerLocatorWithoutHA(broker.connector());
    return new BrokerConnector(configure(locator, callTimeout), credentials, "embedded");
  }

  /**
   * To a broker elsewhere.
   *
   * @param timeToLive silence after which either side takes the other for dead
   */
  public static BrokerConnector remote(
      RemoteBrokerSettings settings, Duration callTimeout, Duration timeToLive) {
    ServerLocator locator =
        ActiveMQClient.createServerLocatorWithoutHA(transports(settings))
            .setConnectionTTL(timeToLive.toMillis())
            .setClientFailureCheckPeriod(timeToLive.toMillis())
            .setUseTopologyForLoadBalancing(false);
    return new BrokerConnector(
        configure(locator, callTimeout), settings.credentials(), settings.url());
  }

  private static TransportConfiguration[] transports(RemoteBrokerSettings settings) {
    try (ServerLocator parsed = ActiveMQClient.createServerLocator(settings.url())) {
      TransportConfiguration[] transports = parsed.getStaticTransportConfigurations();
      for (int i = 0; i < transports.length; i++) {
        Map<String, Object> parameters = new HashMap<>(transports[i].getParams());
        parameters.put(TransportConstants.USE_EPOLL_PROP_NAME, false);
        parameters.put(TransportConstants.USE_KQUEUE_PROP_NAME, false);
        // The shared threads outlive their last connection by seconds, and with them our classes.
        parameters.put(TransportConstants.USE_GLOBAL_WORKER_POOL_PROP_NAME, false);
        parameters.put(TransportConstants.REMOTING_THREADS_PROPNAME, 1);
        settings.tls().ifPresent(tls -> parameters.putAll(tls.transportParameters()));
        transports[i] = new TransportConfiguration(transports[i].getFactoryClassName(), parameters);
      }
      return transports;
    } catch (Exception e) {
      throw new IllegalArgumentException("not a broker URL: url=" + settings.url(), e);
    }
  }

  /**
   * No reconnecting below us: a session that came back on its own could acknowledge what was
   * delivered elsewhere meanwhile. Unlimited windows: the broker never waits for a slow receiver
   * with the records of others behind it.
   */
  private static ServerLocator configure(ServerLocator locator, Duration callTimeout) {
    return locator
        .setUseGlobalPools(false)
        .setThreadPoolMaxSize(EVERYTHING)
        .setReconnectAttempts(0)
        .setInitialConnectAttempts(1)
        .setCallTimeout(callTimeout.toMillis())
        .setMinLargeMessageSize(LogLimits.LARGE_MESSAGE_BYTES)
        .setProducerWindowSize(EVERYTHING)
        .setConsumerWindowSize(EVERYTHING)
        .setConfirmationWindowSize(EVERYTHING)
        .setBlockOnAcknowledge(false)
        .setBlockOnDurableSend(true)
        .setBlockOnNonDurableSend(true);
  }

  /**
   * @throws WalException if the broker does not answer
   */
  public BrokerConnection connect() {
    try {
      ClientSessionFactory factory = locator.createSessionFactory();
      return new BrokerConnection(factory, credentials);
    } catch (ActiveMQException e) {
      throw new WalException("cannot connect to the broker: url=" + description, e);
    } catch (Exception e) {
      throw new WalException("cannot connect to the broker: url=" + description + ": " + e, e);
    }
  }

  @Override
  public String toString() {
    return description;
  }

  @Override
  public void close() {
    locator.close();
  }
}

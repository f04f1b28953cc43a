package dev.sagitta.connector.wal.broker;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.CoreAddressConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/** Builds the embedded broker's configuration. */
final class BrokerConfigurations {
  /** Journal writes of concurrent commits are collected for this long before they are synced. */
  private static final int JOURNAL_BUFFER_TIMEOUT_NANOSECONDS = 100_000;

  private static final int JOURNAL_MINIMUM_FILES = 2;
  private static final int JOURNAL_POOL_FILES = 16;

  /** Appends fail rather than fill the disk to the last byte, which would break the journal. */
  private static final long MINIMUM_FREE_DISK_BYTES = 256L << 20;

  private static final long LOCK_TIMEOUT_MILLISECONDS = 5_000;

  private BrokerConfigurations() {}

  /**
   * @param serverId number of the in-VM acceptor
   */
  static Configuration configuration(EmbeddedBrokerSettings settings, int serverId)
      throws Exception {
    Configuration configuration =
        new ConfigurationImpl()
            .setName("sagitta-wal")
            .setPersistenceEnabled(true)
            .setSecurityEnabled(settings.credentials().isPresent())
            .setJMXManagementEnabled(false)
            .setGlobalMaxSize(settings.maximumBytes())
            .setMinDiskFree(MINIMUM_FREE_DISK_BYTES);
    configuration.setJournalLockAcquisitionTimeout(LOCK_TIMEOUT_MILLISECONDS);
    setJournal(configuration, settings.directory());
    configuration.addAcceptorConfiguration(
        new TransportConfiguration(
            InVMAcceptorFactory.class.getName(),
            Map.of(
                org.apache.activemq.artemis.core.remoting.impl.invm.TransportConstants
                    .SERVER_ID_PROP_NAME,
                serverId),
            "in-vm"));
    settings
        .acceptor()
        .ifPresent(address -> configuration.addAcceptorConfiguration(acceptor(address, settings)));
    configuration.addAddressSetting("#", addressSettings(settings.maximumBytes()));
    for (String queue : settings.queues()) {
      configuration.addAddressConfiguration(
          new CoreAddressConfiguration()
              .setName(queue)
              .addRoutingType(RoutingType.ANYCAST)
              .addQueueConfiguration(
                  QueueConfiguration.of(queue)
                      .setAddress(queue)
                      .setRoutingType(RoutingType.ANYCAST)
                      .setDurable(true)));
    }
    return configuration;
  }

  private static void setJournal(Configuration configuration, Path directory) {
    configuration
        .setJournalType(JournalType.NIO)
        .setJournalDatasync(true)
        .setJournalDirectory(directory.resolve("journal").toString())
        .setBindingsDirectory(directory.resolve("bindings").toString())
        .setPagingDirectory(directory.resolve("paging").toString())
        .setLargeMessagesDirectory(directory.resolve("large-messages").toString())
        .setJournalFileSize(LogLimits.JOURNAL_FILE_BYTES)
        .setJournalMinFiles(JOURNAL_MINIMUM_FILES)
        .setJournalBufferSize_NIO(LogLimits.JOURNAL_BUFFER_BYTES)
        .setJournalBufferTimeout_NIO(JOURNAL_BUFFER_TIMEOUT_NANOSECONDS);
    configuration.setJournalPoolFiles(JOURNAL_POOL_FILES);
  }

  /**
   * FAIL, because a paging address silently stops delivering to consumers that acknowledge late,
   * and a blocking one stops producers without an error.
   */
  private static AddressSettings addressSettings(long maximumBytes) {
    return new AddressSettings()
        .setAddressFullMessagePolicy(AddressFullMessagePolicy.FAIL)
        .setMaxSizeBytes(maximumBytes)
        .setMaxDeliveryAttempts(-1)
        .setRedeliveryDelay(0)
        .setAutoCreateAddresses(false)
        .setAutoCreateQueues(false)
        .setAutoDeleteAddresses(false)
        .setAutoDeleteQueues(false);
  }

  private static TransportConfiguration acceptor(
      AcceptorAddress address, EmbeddedBrokerSettings settings) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put(TransportConstants.HOST_PROP_NAME, address.host());
    parameters.put(TransportConstants.PORT_PROP_NAME, address.port());
    parameters.put(TransportConstants.PROTOCOLS_PROP_NAME, "CORE");
    parameters.put(TransportConstants.USE_EPOLL_PROP_NAME, false);
    parameters.put(TransportConstants.USE_KQUEUE_PROP_NAME, false);
    settings.tls().ifPresent(tls -> parameters.putAll(tls.transportParameters()));
    return new TransportConfiguration(NettyAcceptorFactory.class.getName(), parameters, "tcp");
  }
}

package dev.sagitta.coordinator.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.ExecutorConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.config.TcpIpConfig;

/**
 * How our Hazelcast instance is set up: an explicit list of members, no discovery, no phone home,
 * few threads, and failure detection within seconds.
 */
final class HazelcastConfiguration {
  static final String EXECUTOR = "sagitta-calls";
  static final String NODE_ID_ATTRIBUTE = "sagitta.node-id";

  private static final int PORTS_TRIED = 100;
  private static final int CALL_THREADS = 32;
  private static final int WAITING_CALLS = 10_000;
  private static final String ANY_ADDRESS = "0.0.0.0";

  private HazelcastConfiguration() {}

  static Config create(ClusterSettings settings, String nodeId) {
    Config config = new Config("sagitta-" + nodeId);
    config.setClusterName(settings.name());
    config.setClassLoader(HazelcastConfiguration.class.getClassLoader());
    config.getMemberAttributeConfig().setAttribute(NODE_ID_ATTRIBUTE, nodeId);
    config
        .getSerializationConfig()
        .addDataSerializableFactory(CallTask.FACTORY_ID, new CallTaskFactory());
    config.addExecutorConfig(
        new ExecutorConfig(EXECUTOR)
            .setPoolSize(CALL_THREADS)
            .setQueueCapacity(WAITING_CALLS)
            .setStatisticsEnabled(false));
    config.getMetricsConfig().setEnabled(false);
    setNetwork(config, settings);
    setFailureDetection(config);
    setThreads(config);
    setQuiet(config);
    return config;
  }

  private static void setNetwork(Config config, ClusterSettings settings) {
    NetworkConfig network = config.getNetworkConfig();
    network.setPort(settings.bind().port()).setPortAutoIncrement(true).setPortCount(PORTS_TRIED);
    boolean any = settings.bind().host().equals(ANY_ADDRESS);
    config.setProperty("hazelcast.socket.bind.any", Boolean.toString(any));
    if (!any) {
      config.setProperty("hazelcast.local.localAddress", settings.bind().host());
    }
    JoinConfig join = network.getJoin();
    join.getMulticastConfig().setEnabled(false);
    join.getAutoDetectionConfig().setEnabled(false);
    TcpIpConfig members = join.getTcpIpConfig().setEnabled(true);
    settings.join().forEach(address -> members.addMember(address.toString()));
    config.setProperty("hazelcast.wait.seconds.before.join", "0");
    config.setProperty("hazelcast.max.wait.seconds.before.join", "0");
    config.setProperty("hazelcast.max.join.seconds", "30");
    // A node that came up alone finds the others again within this time.
    config.setProperty("hazelcast.merge.first.run.delay.seconds", "10");
    config.setProperty("hazelcast.merge.next.run.delay.seconds", "10");
  }

  private static void setFailureDetection(Config config) {
    config.setProperty("hazelcast.heartbeat.interval.seconds", "1");
    config.setProperty("hazelcast.max.no.heartbeat.seconds", "6");
    config.setProperty("hazelcast.member.list.publish.interval.seconds", "10");
    config.setProperty("hazelcast.graceful.shutdown.max.wait", "5");
  }

  private static void setThreads(Config config) {
    config.setProperty("hazelcast.operation.thread.count", "2");
    config.setProperty("hazelcast.operation.generic.thread.count", "2");
    config.setProperty("hazelcast.operation.priority.generic.thread.count", "1");
    config.setProperty("hazelcast.operation.responsethread.count", "1");
    config.setProperty("hazelcast.io.thread.count", "1");
    config.setProperty("hazelcast.event.thread.count", "1");
    config.setProperty("hazelcast.clientengine.thread.count", "1");
    config.setProperty("hazelcast.clientengine.query.thread.count", "1");
    config.setProperty("hazelcast.clientengine.blocking.thread.count", "1");
    // We keep no data in Hazelcast: the fewer partitions, the less to arrange at start.
    config.setProperty("hazelcast.partition.count", "13");
  }

  private static void setQuiet(Config config) {
    config.setProperty("hazelcast.logging.type", "jdk");
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.shutdownhook.enabled", "false");
    config.setProperty("hazelcast.jmx", "false");
    config.setProperty("hazelcast.health.monitoring.level", "OFF");
    config.setProperty("hazelcast.slow.operation.detector.enabled", "false");
  }
}

package dev.sagitta.engine.configuration;

import static dev.sagitta.engine.configuration.ConfigurationParsers.list;
import static dev.sagitta.engine.configuration.ConfigurationParsers.optional;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Every setting of Sagitta: the only place where names, defaults and meanings are written down.
 * {@code sagitta help config} prints this list. The settings of the resource adapters ({@code
 * sagitta.object-store.*}, {@code sagitta.wal.*}) are read by the adapters themselves, which cannot
 * see this class; {@link AdapterKeys} repeats them for the help. Those of models that functions
 * call are in {@link ModelServiceKeys}.
 */
public final class SagittaConfiguration {
  private static final int UNBOUNDED = Integer.MAX_VALUE;

  // ---- data node: growing segments and flush

  public static final ConfigurationKey<Long> INSERT_BUFFER_BYTES =
      size(
          "sagitta.data-node.insert-buffer-size",
          "16MiB",
          "Unflushed rows of one growing segment that start a flush (Milvus: insertBufSize).");

  public static final ConfigurationKey<Duration> SYNC_PERIOD =
      duration(
          "sagitta.data-node.sync-period",
          "600s",
          "Age of the oldest unflushed row that starts a flush (Milvus: syncPeriod).");

  public static final ConfigurationKey<Long> SEGMENT_MAXIMUM_BYTES =
      size(
          "sagitta.data-coord.segment.max-size",
          "1GiB",
          "Largest size of a segment (Milvus: dataCoord.segment.maxSize).");

  public static final ConfigurationKey<Double> SEGMENT_SEAL_PROPORTION =
      fraction(
          "sagitta.data-coord.segment.seal-proportion",
          "0.12",
          "A growing segment is sealed at this share of max-size (Milvus: sealProportion).");

  public static final ConfigurationKey<Duration> SEGMENT_MAXIMUM_IDLE_TIME =
      duration(
          "sagitta.data-coord.segment.max-idle-time",
          "600s",
          "A growing segment that got no row for this long is sealed (Milvus: maxIdleTime).");

  public static final ConfigurationKey<Duration> GARBAGE_INTERVAL =
      duration(
          "sagitta.data-coord.gc.interval",
          "10m",
          "Time between two searches for garbage objects.");

  public static final ConfigurationKey<Duration> GARBAGE_ORPHAN_AGE =
      duration(
          "sagitta.data-coord.gc.orphan-age",
          "1h",
          "Objects that no catalog version names are removed when they are older than this.");

  public static final ConfigurationKey<Duration> EXPIRY_INTERVAL =
      duration(
          "sagitta.data-coord.expiry-interval",
          "60s",
          "Time between two searches for segments whose rows have all expired or been truncated.");

  // ---- index builds

  public static final ConfigurationKey<Integer> INDEX_MINIMUM_ROWS =
      integer(
          "sagitta.index-coord.min-segment-rows",
          "1024",
          0,
          UNBOUNDED,
          "Segments with fewer rows are scanned and get no index"
              + " (Milvus: minSegmentNumRowsToEnableIndex).");

  public static final ConfigurationKey<Integer> INDEX_BUILD_PARALLELISM =
      integer(
          "sagitta.index-node.build-parallelism",
          "0",
          0,
          1024,
          "Threads of one index build; 0 means the number of processors.");

  // ---- query node

  public static final ConfigurationKey<Long> CACHE_CAPACITY_BYTES =
      size(
          "sagitta.query-node.cache-capacity",
          "20GiB",
          "Local disk for files of segments kept in S3; least recently used ones go first.");

  public static final ConfigurationKey<Optional<String>> CACHE_DIRECTORY =
      text(
          "sagitta.query-node.cache-directory",
          "",
          "Folder for those files; by default the data directory's cache folder.");

  public static final ConfigurationKey<Double> INDEX_MEMORY_RATIO =
      fraction(
          "sagitta.query-node.index-memory-ratio",
          "0.25",
          "Share of the machine's memory for vector indexes in huge pages, which makes searches"
              + " faster; indexes beyond it are mapped from their files.");

  public static final ConfigurationKey<Integer> MAXIMUM_CONCURRENT_READS =
      integer(
          "sagitta.query-node.max-concurrent-reads",
          "256",
          1,
          65536,
          "Reads that may run or wait on a node; more are refused with a retriable error.");

  public static final ConfigurationKey<Integer> GROWING_INDEX_MINIMUM_ROWS =
      integer(
          "sagitta.query-node.growing-index-min-rows",
          "8192",
          1,
          UNBOUNDED,
          "Growing segments with more rows get an interim index in the background, as far as they are"
              + " searched.");

  // ---- proxy and limits

  public static final ConfigurationKey<Duration> GRACEFUL_TIME =
      duration(
          "sagitta.common.graceful-time",
          "5s",
          "How stale a Bounded read may be (Milvus: common.gracefulTime).");

  public static final ConfigurationKey<Duration> REQUEST_TIMEOUT =
      duration(
          "sagitta.proxy.request-timeout",
          "30s",
          "Time for a request without a Request-Timeout header (Milvus: proxy.http.requestTimeoutMs).");

  public static final ConfigurationKey<Long> MAXIMUM_REQUEST_BYTES =
      size(
          "sagitta.proxy.max-request-size",
          "64MiB",
          "Largest request body (Milvus: proxy.grpc.serverMaxRecvSize).");

  public static final ConfigurationKey<Long> MAXIMUM_INFLIGHT_BYTES =
      size(
          "sagitta.proxy.max-inflight-size",
          "256MiB",
          "Bodies of all requests in progress; more are refused with a retriable error.");

  public static final ConfigurationKey<Boolean> ACCEPT_INT64_NUMBERS =
      bool(
          "sagitta.proxy.accept-type-allow-int64",
          "true",
          "Answer int64 as JSON numbers (Milvus: proxy.http.acceptTypeAllowInt64).");

  public static final ConfigurationKey<Integer> MAXIMUM_QUERIES =
      integer("sagitta.limits.nq", "16384", 1, 1 << 20, "Most query vectors of a search (nq).");

  public static final ConfigurationKey<Integer> MAXIMUM_TOP_K =
      integer("sagitta.limits.top-k", "16384", 1, 1 << 20, "Largest limit of a search (top-k).");

  public static final ConfigurationKey<Integer> MAXIMUM_RESULT_WINDOW =
      integer(
          "sagitta.limits.max-query-result-window",
          "16384",
          1,
          1 << 20,
          "Largest offset + limit of a search or query.");

  public static final ConfigurationKey<Long> MAXIMUM_OUTPUT_BYTES =
      size("sagitta.limits.max-output-size", "100MiB", "Largest answer of a query or search.");

  public static final ConfigurationKey<Integer> MAXIMUM_FIELDS =
      integer("sagitta.proxy.max-field-num", "64", 1, 1024, "Most fields of a collection.");

  public static final ConfigurationKey<Integer> MAXIMUM_VECTOR_FIELDS =
      integer(
          "sagitta.proxy.max-vector-field-num", "10", 1, 64, "Most vector fields of a collection.");

  public static final ConfigurationKey<Integer> MAXIMUM_SHARDS =
      integer("sagitta.proxy.max-shard-num", "16", 1, 256, "Most shards of a collection.");

  public static final ConfigurationKey<Integer> MAXIMUM_NAME_LENGTH =
      integer("sagitta.proxy.max-name-length", "255", 1, 4096, "Longest name of anything.");

  public static final ConfigurationKey<Integer> MAXIMUM_PARTITIONS =
      integer(
          "sagitta.root-coord.max-partition-num",
          "1024",
          1,
          65536,
          "Most partitions of a collection.");

  public static final ConfigurationKey<Integer> MAXIMUM_GENERAL_CAPACITY =
      integer(
          "sagitta.root-coord.max-general-capacity",
          "65536",
          1,
          UNBOUNDED,
          "Largest sum over collections of partitions times shards.");

  public static final ConfigurationKey<Integer> MAXIMUM_DATABASES =
      integer("sagitta.root-coord.max-database-num", "64", 1, 65536, "Most databases.");

  public static final ConfigurationKey<Integer> MAXIMUM_COLLECTIONS =
      integer("sagitta.limits.max-collection-num", "65536", 1, UNBOUNDED, "Most collections.");

  public static final ConfigurationKey<Integer> MAXIMUM_COLLECTIONS_OF_DATABASE =
      integer(
          "sagitta.limits.max-collection-num-per-db",
          "65536",
          1,
          UNBOUNDED,
          "Most collections of one database; its property database.max.collections may say fewer.");

  public static final ConfigurationKey<Long> MAXIMUM_INSERT_BYTES =
      size(
          "sagitta.limits.max-insert-size",
          "1TiB",
          "Largest data of one insert or upsert; requests are bounded by max-request-size anyway.");

  // ---- cluster

  public static final ConfigurationKey<String> CLUSTER_NAME =
      new ConfigurationKey<>(
          "sagitta.cluster.name",
          "sagitta",
          "text",
          "Nodes of the same name that reach each other form one cluster.",
          text -> text);

  public static final ConfigurationKey<String> CLUSTER_BIND =
      new ConfigurationKey<>(
          "sagitta.cluster.bind",
          "127.0.0.1:6801",
          "host:port",
          "Address for the other nodes; the next free port is taken when this one is in use.",
          text -> text);

  public static final ConfigurationKey<List<String>> CLUSTER_JOIN =
      new ConfigurationKey<>(
          "sagitta.cluster.join",
          "",
          "list of host:port",
          "Addresses of nodes to join; empty for a database of one process.",
          list());

  /** Settings that the resource adapters read for themselves; here for help and for checking. */
  private static final List<ConfigurationKey<?>> ADAPTER_KEYS = AdapterKeys.all();

  private SagittaConfiguration() {}

  /** All keys, in the order of this class. */
  public static List<ConfigurationKey<?>> keys() {
    List<ConfigurationKey<?>> keys = new ArrayList<>();
    for (Field field : SagittaConfiguration.class.getFields()) {
      if (Modifier.isStatic(field.getModifiers()) && field.getType() == ConfigurationKey.class) {
        try {
          keys.add((ConfigurationKey<?>) field.get(null));
        } catch (IllegalAccessException e) {
          throw new IllegalStateException("key is not public: field=" + field.getName(), e);
        }
      }
    }
    keys.addAll(ModelServiceKeys.all());
    keys.addAll(ADAPTER_KEYS);
    return List.copyOf(keys);
  }

  private static ConfigurationKey<Long> size(String name, String defaultText, String meaning) {
    return new ConfigurationKey<>(name, defaultText, "size", meaning, ConfigurationParsers.size());
  }

  private static ConfigurationKey<Duration> duration(
      String name, String defaultText, String meaning) {
    return new ConfigurationKey<>(
        name, defaultText, "duration", meaning, ConfigurationParsers.duration());
  }

  private static ConfigurationKey<Integer> integer(
      String name, String defaultText, int minimum, int maximum, String meaning) {
    return new ConfigurationKey<>(
        name, defaultText, "integer", meaning, ConfigurationParsers.integer(minimum, maximum));
  }

  private static ConfigurationKey<Double> fraction(
      String name, String defaultText, String meaning) {
    return new ConfigurationKey<>(
        name, defaultText, "fraction", meaning, ConfigurationParsers.fraction());
  }

  private static ConfigurationKey<Boolean> bool(String name, String defaultText, String meaning) {
    return new ConfigurationKey<>(
        name, defaultText, "true/false", meaning, ConfigurationParsers.bool());
  }

  private static ConfigurationKey<Optional<String>> text(
      String name, String defaultText, String meaning) {
    return new ConfigurationKey<>(name, defaultText, "text", meaning, optional(value -> value));
  }
}

package dev.sagitta.rest;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.metrics.Counter;
import dev.sagitta.engine.metrics.Histogram;
import dev.sagitta.engine.metrics.Labels;
import dev.sagitta.engine.metrics.MetricRegistry;
import dev.sagitta.rest.json.RequestBody;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The proxy's metrics under Milvus's names. */
public final class RestMetrics {
  /** Counters that are found without making their labels. */
  private static final int MAXIMUM_OUTCOMES = 1000;

  private final MetricRegistry registry;
  private final ConcurrentMap<String, Histogram> latencies = new ConcurrentHashMap<>();
  private final ConcurrentMap<Outcome, Counter> outcomes = new ConcurrentHashMap<>();
  private final Counter receivedBytes;
  private final Counter sentBytes;
  private final Counter searchedVectors;
  private final Counter insertedVectors;
  private final Counter upsertedVectors;
  private final Counter deletedVectors;
  private final Histogram searchLatency;
  private final Histogram queryLatency;

  public RestMetrics(MetricRegistry registry) {
    this.registry = requireNonNull(registry, "registry is null");
    receivedBytes = counter("milvus_proxy_receive_bytes_count", "Bytes of request bodies");
    sentBytes = counter("milvus_proxy_send_bytes_count", "Bytes of answers");
    searchedVectors = counter("milvus_proxy_search_vectors_count", "Query vectors searched");
    insertedVectors = counter("milvus_proxy_insert_vectors_count", "Rows inserted");
    upsertedVectors = counter("milvus_proxy_upsert_vectors_count", "Rows upserted");
    deletedVectors = counter("milvus_proxy_delete_vectors_count", "Rows deleted");
    searchLatency = readLatency("search");
    queryLatency = readLatency("query");
  }

  public void searched(long queries, long startNanos) {
    searchedVectors.add(queries);
    searchLatency.observeSince(startNanos);
  }

  public void queried(long startNanos) {
    queryLatency.observeSince(startNanos);
  }

  public void inserted(long rows) {
    insertedVectors.add(rows);
  }

  public void upserted(long rows) {
    upsertedVectors.add(rows);
  }

  public void deleted(long rows) {
    deletedVectors.add(rows);
  }

  Request start(String function, int bodyLength) {
    receivedBytes.add(bodyLength);
    return new Request(function);
  }

  private Counter counter(String name, String help) {
    return registry.counter(name, help, Labels.NONE);
  }

  private Histogram readLatency(String kind) {
    return registry.histogram(
        "milvus_proxy_sq_latency",
        "Milliseconds of searches and queries in the proxy",
        Labels.of("query_type", kind));
  }

  private Counter counter(Outcome outcome) {
    Counter known = outcomes.get(outcome);
    if (known != null) {
      return known;
    }
    Counter counter =
        registry.counter(
            "milvus_proxy_req_count",
            "Requests",
            Labels.of("function_name", outcome.function)
                .and("status", outcome.status)
                .and("db_name", outcome.database)
                .and("collection_name", outcome.collection));
    if (outcomes.size() < MAXIMUM_OUTCOMES) {
      outcomes.put(outcome, counter);
    }
    return counter;
  }

  private Histogram latency(String function) {
    Histogram known = latencies.get(function);
    return known != null
        ? known
        : latencies.computeIfAbsent(
            function,
            name ->
                registry.histogram(
                    "milvus_proxy_req_latency",
                    "Milliseconds of requests",
                    Labels.of("function_name", name)));
  }

  /** What tells the counters of requests apart. */
  private record Outcome(String function, String status, String database, String collection) {}

  /** One request that is being measured. */
  final class Request {
    private final String function;
    private final long startNanos = System.nanoTime();
    private String database = "";
    private String collection = "";
    private String status = "success";

    Request(String function) {
      this.function = function;
    }

    void names(String databaseName, RequestBody body) {
      database = databaseName;
      collection = body.value("collectionName").map(node -> node.asText("")).orElse("");
    }

    void failed(ErrorCode code) {
      status = code == ErrorCode.UNEXPECTED ? "fail" : "rejected";
    }

    void end(int answerBytes) {
      sentBytes.add(answerBytes);
      // Names of things that do not exist come from anywhere: they get no series.
      boolean known = status.equals("success");
      counter(new Outcome(function, status, known ? database : "", known ? collection : ""))
          .increment();
      latency(function).observeSince(startNanos);
    }
  }
}

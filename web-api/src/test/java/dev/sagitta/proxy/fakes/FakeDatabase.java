package dev.sagitta.proxy.fakes;

import dev.sagitta.connector.wal.WalBacklog;
import dev.sagitta.connector.wal.WalConnection;
import dev.sagitta.connector.wal.WalConnectionFactory;
import dev.sagitta.connector.wal.WalEntry;
import dev.sagitta.coordinator.time.TimestampOracle;
import dev.sagitta.embedding.http.ModelHttpClient;
import dev.sagitta.engine.column.ColumnBatches;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.configuration.Configuration;
import dev.sagitta.engine.log.LogHeader;
import dev.sagitta.engine.log.LogRecord;
import dev.sagitta.engine.log.LogRecordCodec;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.proxy.KeyLists;
import dev.sagitta.proxy.rank.model.RerankModels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Log and nodes in one: what is appended is applied at once. Checks that each producer's records
 * come in the order of their sequence numbers.
 */
public final class FakeDatabase {
  public final FakeCatalog catalog = new FakeCatalog();
  private final Map<String, List<FakeRow>> rows = new HashMap<>();
  private final Map<String, Long> lastSequences = new HashMap<>();
  private final List<List<LogRecord>> requests = new ArrayList<>();
  private final List<Integer> recordSizes = new ArrayList<>();
  private final AtomicLong clock = new AtomicLong(1L << 40);
  private volatile Function<List<WalEntry>, CompletableFuture<Void>> log = this::apply;

  /** Models that no test of a database calls. */
  public static RerankModels noRerankModels() {
    return RerankModels.create(
        new ModelHttpClient(Duration.ofSeconds(5)), new Configuration(_ -> Optional.empty()));
  }

  /** Timestamps that grow by one. */
  public TimestampOracle timestamps() {
    return (count, deadline) -> clock.getAndAdd(count);
  }

  /** The log; by default everything is durable at once. */
  public WalConnectionFactory wal() {
    return Connection::new;
  }

  /** Replaces what an append does. */
  public void setLog(Function<List<WalEntry>, CompletableFuture<Void>> newLog) {
    log = newLog;
  }

  /** Applies an append. */
  public synchronized CompletableFuture<Void> apply(List<WalEntry> entries) {
    List<LogRecord> request = new ArrayList<>();
    for (WalEntry entry : entries) {
      LogRecord logRecord = LogRecordCodec.decode(entry.body());
      LogHeader header = logRecord.header();
      String stream = header.producer() + "@" + entry.vchannel();
      Long before = lastSequences.put(stream, header.sequence());
      if (before != null && before >= header.sequence()) {
        throw new AssertionError("sequence does not grow: " + before + " " + header);
      }
      applyTo(rows.computeIfAbsent(entry.vchannel(), _ -> new ArrayList<>()), logRecord);
      request.add(logRecord);
      recordSizes.add(entry.body().length);
    }
    requests.add(request);
    return CompletableFuture.completedFuture(null);
  }

  /** Records by request, in the order of the log. */
  public synchronized List<List<LogRecord>> requests() {
    return List.copyOf(requests);
  }

  public synchronized int largestRecord() {
    return recordSizes.stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  /** Rows of the vchannels that are not deleted. */
  public synchronized List<FakeRow> rows(List<String> vchannels) {
    List<FakeRow> all = new ArrayList<>();
    vchannels.forEach(vchannel -> all.addAll(rows.getOrDefault(vchannel, List.of())));
    return all;
  }

  public List<FakeRow> rows() {
    return rows(FakeCatalog.VCHANNELS);
  }

  private static void applyTo(List<FakeRow> target, LogRecord logRecord) {
    switch (logRecord) {
      case LogRecord.Insert insert -> add(target, insert.partitionId(), insert);
      case LogRecord.Delete delete ->
          remove(target, delete.partitionId(), delete.keys(), delete.header().timestamp());
      case LogRecord.Upsert upsert -> {
        PrimaryKeys keys =
            upsert.replaced().size() > 0
                ? upsert.replaced()
                : ColumnBatches.primaryKeys(upsert.rows().column(FakeCatalog.KEY));
        remove(target, LogRecord.ALL_PARTITIONS, keys, upsert.header().timestamp());
        add(
            target,
            upsert.partitionId(),
            new LogRecord.Insert(upsert.header(), upsert.partitionId(), upsert.rows()));
      }
    }
  }

  private static void add(List<FakeRow> target, long partitionId, LogRecord.Insert insert) {
    PrimaryKeys keys = ColumnBatches.primaryKeys(insert.rows().column(FakeCatalog.KEY));
    for (int row = 0; row < keys.size(); row++) {
      target.add(
          new FakeRow(
              KeyLists.get(keys, row),
              partitionId,
              insert.header().timestamp(),
              insert.rows(),
              row));
    }
  }

  private static void remove(
      List<FakeRow> target, long partitionId, PrimaryKeys keys, long timestamp) {
    Set<Object> removed = new HashSet<>(KeyLists.asList(keys));
    target.removeIf(
        row ->
            removed.contains(row.key())
                && row.timestamp() < timestamp
                && (partitionId == LogRecord.ALL_PARTITIONS || partitionId == row.partitionId()));
  }

  private final class Connection implements WalConnection {
    @Override
    public CompletableFuture<Void> append(List<WalEntry> entries) {
      return log.apply(entries);
    }

    @Override
    public CompletableFuture<Void> sendBarrier(WalEntry barrier) {
      throw new AssertionError("the proxy sends no barriers itself");
    }

    @Override
    public WalBacklog backlog() {
      return new WalBacklog(0, 0);
    }

    @Override
    public void close() {}
  }

  /** A deadline that no test reaches unless something hangs. */
  public static Deadline soon() {
    return Deadline.after(java.time.Duration.ofSeconds(20));
  }
}

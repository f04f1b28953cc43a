package dev.sagitta.proxy.write;

import static java.util.Objects.requireNonNull;

import dev.sagitta.connector.wal.WalConnectionFactory;
import dev.sagitta.connector.wal.WalEntry;
import dev.sagitta.connector.wal.WalException;
import dev.sagitta.connector.wal.WalFullException;
import dev.sagitta.connector.wal.WalOutcomeUnknownException;
import dev.sagitta.coordinator.catalog.CatalogFollower;
import dev.sagitta.coordinator.time.DeadlineWait;
import dev.sagitta.coordinator.time.TimestampOracle;
import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.catalog.KeyHash;
import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.ColumnBatches;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.error.ErrorCode;
import dev.sagitta.engine.error.SagittaException;
import dev.sagitta.engine.function.FieldFunctions;
import dev.sagitta.engine.log.LogRecord;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.proxy.CollectionNow;
import dev.sagitta.proxy.QueryService;
import dev.sagitta.proxy.SessionWrites;
import dev.sagitta.proxy.WriteService;
import dev.sagitta.query.request.FilterText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Writes through the log: durable there means written. */
public final class LogWriteService implements WriteService {
  /** Of one record; the broker's journal is set up for it. */
  static final int MAXIMUM_RECORD_BYTES = 4 << 20;

  private final CatalogFollower catalog;
  private final String producer;
  private final SessionWrites sessionWrites;
  private final FieldFunctions functions;
  private final LogAppender appender;
  private final KeyGenerator keyGenerator;
  private final InFlightWrites inFlight;
  private final MatchingKeys matchingKeys;

  /**
   * @param producer this incarnation of the process: its node id
   * @param queries finds the keys of rows to delete by filter
   * @param maximumInFlightBytes of records that wait for the log
   * @param functions compute the fields that rows do not give
   */
  public LogWriteService(
      CatalogFollower catalog,
      TimestampOracle timestamps,
      WalConnectionFactory wal,
      String producer,
      QueryService queries,
      SessionWrites sessionWrites,
      long maximumInFlightBytes,
      FieldFunctions functions) {
    this.catalog = requireNonNull(catalog, "catalog is null");
    this.producer = requireNonNull(producer, "producer is null");
    this.sessionWrites = requireNonNull(sessionWrites, "sessionWrites is null");
    this.functions = requireNonNull(functions, "functions is null");
    this.appender = new LogAppender(timestamps, wal);
    this.keyGenerator = new KeyGenerator(timestamps);
    this.inFlight = new InFlightWrites(maximumInFlightBytes);
    this.matchingKeys = new MatchingKeys(queries);
  }

  @Override
  public PrimaryKeys insert(
      CollectionDescriptor collection,
      Optional<String> partition,
      ColumnBatch rows,
      Deadline deadline) {
    CollectionNow now = CollectionNow.of(catalog, collection);
    FieldSchema keyField = now.descriptor().schema().primaryKey();
    RowPlacement placement = new RowPlacement(now, partition);
    ColumnBatch complete = functions.withOutputs(now.descriptor().schema(), rows, deadline);
    if (!rows.columns().containsKey(keyField.id())) {
      complete = withKeys(now, complete, generate(keyField, rows.rowCount(), deadline));
    }
    PrimaryKeys keys = ColumnBatches.primaryKeys(complete.column(keyField.id()));
    RecordEncoder records = encoder(now);
    placement.place(keys, complete, records::insert);
    write(now, records.entries(), deadline);
    return keys;
  }

  @Override
  public PrimaryKeys upsert(
      CollectionDescriptor collection,
      Optional<String> partition,
      ColumnBatch rows,
      Deadline deadline) {
    CollectionNow now = CollectionNow.of(catalog, collection);
    FieldSchema keyField = now.descriptor().schema().primaryKey();
    RowPlacement placement = new RowPlacement(now, partition);
    PrimaryKeys givenKeys = ColumnBatches.primaryKeys(rows.column(keyField.id()));
    ColumnBatch complete = functions.withOutputs(now.descriptor().schema(), rows, deadline);
    RecordEncoder records = encoder(now);
    PrimaryKeys keys = givenKeys;
    if (keyField.autoId()) {
      // A new key may belong to another shard than the old one: delete there, insert here, at one
      // timestamp and in one append.
      keys = generate(keyField, rows.rowCount(), deadline);
      addDeletes(records, now, LogRecord.ALL_PARTITIONS, givenKeys);
      placement.place(keys, withKeys(now, complete, keys), records::insert);
    } else {
      placement.place(keys, complete, records::upsert);
    }
    write(now, records.entries(), deadline);
    return keys;
  }

  @Override
  public long delete(
      CollectionDescriptor collection,
      Optional<String> partition,
      FilterText filter,
      Deadline deadline) {
    CollectionNow now = CollectionNow.of(catalog, collection);
    long partitionId =
        partition.map(name -> now.partition(name).id()).orElse(LogRecord.ALL_PARTITIONS);
    return matchingKeys.forEachBatch(
        now.descriptor(),
        partition,
        filter,
        keys -> {
          RecordEncoder records = encoder(now);
          addDeletes(records, now, partitionId, keys);
          write(now, records.entries(), deadline);
        },
        deadline);
  }

  private static void addDeletes(
      RecordEncoder records, CollectionNow now, long partitionId, PrimaryKeys keys) {
    records.delete(KeyHash.shardsOf(keys, now.descriptor().vchannels().size()), partitionId, keys);
  }

  private RecordEncoder encoder(CollectionNow now) {
    return new RecordEncoder(now, producer, MAXIMUM_RECORD_BYTES);
  }

  private PrimaryKeys generate(FieldSchema keyField, int count, Deadline deadline) {
    return keyGenerator.generate(keyField.type(), count, deadline);
  }

  private static ColumnBatch withKeys(CollectionNow now, ColumnBatch rows, PrimaryKeys keys) {
    Map<Long, Column> columns = new LinkedHashMap<>();
    for (FieldSchema field : now.descriptor().schema().fields()) {
      if (field.primaryKey()) {
        columns.put(field.id(), ColumnBatches.ofPrimaryKeys(keys));
      } else if (rows.columns().containsKey(field.id())) {
        columns.put(field.id(), rows.column(field.id()));
      }
    }
    return new ColumnBatch(rows.rowCount(), columns);
  }

  private void write(CollectionNow now, List<WalEntry> entries, Deadline deadline) {
    if (entries.isEmpty()) {
      return;
    }
    long bytes = entries.stream().mapToLong(entry -> entry.body().length).sum();
    inFlight.enter(bytes);
    CompletableFuture<Void> appended;
    try {
      appended = appender.append(entries, deadline);
    } catch (RuntimeException e) {
      inFlight.leave(bytes);
      throw e;
    }
    long collectionId = now.descriptor().id();
    CompletableFuture<Void> noted =
        appended.whenComplete(
            (_, failure) -> {
              inFlight.leave(bytes);
              if (failure == null) {
                sessionWrites.noteWrite(collectionId);
              }
            });
    await(noted, deadline);
  }

  private static void await(CompletableFuture<Void> appended, Deadline deadline) {
    try {
      Void _ = DeadlineWait.result(appended, deadline, "write");
    } catch (WalFullException e) {
      throw new SagittaException(
          ErrorCode.RATE_LIMIT, "log is full, try again: " + e.getMessage(), e);
    } catch (WalOutcomeUnknownException e) {
      throw new SagittaException(
          ErrorCode.SERVICE_UNAVAILABLE, "write may have happened: " + e.getMessage(), e);
    } catch (WalException e) {
      throw new SagittaException(
          ErrorCode.SERVICE_UNAVAILABLE, "nothing was written: " + e.getMessage(), e);
    } catch (SagittaException e) {
      if (e.errorCode() == ErrorCode.TIMEOUT && !appended.isDone()) {
        throw new SagittaException(
            ErrorCode.TIMEOUT, "request timeout: write may have happened: operation=write", e);
      }
      throw e;
    }
  }
}

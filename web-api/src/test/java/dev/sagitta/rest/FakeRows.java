package dev.sagitta.rest;

import dev.sagitta.engine.catalog.CollectionDescriptor;
import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.ColumnBatches;
import dev.sagitta.engine.column.ColumnBuilder;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.proxy.GetCommand;
import dev.sagitta.proxy.HybridSearchCommand;
import dev.sagitta.proxy.QueryCommand;
import dev.sagitta.proxy.QueryService;
import dev.sagitta.proxy.SearchCommand;
import dev.sagitta.proxy.SearchOutcome;
import dev.sagitta.proxy.SearchService;
import dev.sagitta.proxy.WriteService;
import dev.sagitta.proxy.rank.model.RerankModel;
import dev.sagitta.query.request.FilterText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Keeps the last batch that was written to each collection and answers all of its rows. */
public final class FakeRows implements WriteService, SearchService, QueryService {
  private final Map<Long, ColumnBatch> batches = new LinkedHashMap<>();
  private SearchCommand lastSearch;
  private HybridSearchCommand lastHybridSearch;
  private QueryCommand lastQuery;
  private FilterText lastDelete;
  private Deadline lastDeadline;
  private long nextKey = 1L << 60;

  @Override
  public synchronized PrimaryKeys insert(
      CollectionDescriptor collection,
      Optional<String> partition,
      ColumnBatch rows,
      Deadline deadline) {
    lastDeadline = deadline;
    FieldSchema primaryKey = collection.schema().primaryKey();
    ColumnBatch complete = rows;
    if (!rows.columns().containsKey(primaryKey.id())) {
      Map<Long, Column> columns = new LinkedHashMap<>(rows.columns());
      columns.put(primaryKey.id(), generate(primaryKey, rows.rowCount()));
      complete = new ColumnBatch(rows.rowCount(), columns);
    }
    batches.put(collection.id(), complete);
    return ColumnBatches.primaryKeys(complete.column(primaryKey.id()));
  }

  private Column generate(FieldSchema primaryKey, int count) {
    ColumnBuilder builder = ColumnBuilder.forField(primaryKey, count);
    for (int i = 0; i < count; i++) {
      long key = nextKey++;
      if (primaryKey.type() == DataType.INT64) {
        builder.appendLong(key);
      } else {
        builder.appendString(Long.toString(key));
      }
    }
    return builder.build();
  }

  @Override
  public PrimaryKeys upsert(
      CollectionDescriptor collection,
      Optional<String> partition,
      ColumnBatch rows,
      Deadline deadline) {
    return insert(collection, partition, rows, deadline);
  }

  @Override
  public synchronized long delete(
      CollectionDescriptor collection,
      Optional<String> partition,
      FilterText filter,
      Deadline deadline) {
    lastDelete = filter;
    return 7;
  }

  @Override
  public synchronized SearchOutcome search(SearchCommand command, Deadline deadline) {
    lastSearch = command;
    ColumnBatch stored = batches.get(command.collection().id());
    int[] rows = IntStream.range(0, Math.min(command.limit(), stored.rowCount())).toArray();
    ColumnBatch hits =
        ColumnBatches.select(
            ColumnBatches.select(stored, rows), command.outputFieldIds(), identity(rows.length));
    long keyField = command.collection().schema().primaryKey().id();
    Column keys = ColumnBatches.select(stored.column(keyField), rows);
    float[] scores = new float[rows.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = 0.5f / (i + 1);
    }
    int[] hitCounts = new int[command.target().count()];
    hitCounts[0] = rows.length;
    return new SearchOutcome(hitCounts, ColumnBatches.primaryKeys(keys), scores, hits);
  }

  @Override
  public synchronized SearchOutcome hybridSearch(HybridSearchCommand command, Deadline deadline) {
    lastHybridSearch = command;
    return search(
        new SearchCommand(
            command.collection(),
            command.partitions(),
            command.searches().getFirst().field(),
            command.searches().getFirst().target(),
            command.limit(),
            command.offset(),
            command.searches().getFirst().metric(),
            command.searches().getFirst().parameters(),
            command.roundDecimal(),
            command.searches().getFirst().filter(),
            command.outputFieldIds(),
            command.consistency()),
        deadline);
  }

  private static int[] identity(int length) {
    return IntStream.range(0, length).toArray();
  }

  @Override
  public synchronized ColumnBatch query(QueryCommand command, Deadline deadline) {
    lastQuery = command;
    lastDeadline = deadline;
    return all(command.collection(), command.outputFieldIds());
  }

  @Override
  public synchronized long count(QueryCommand command, Deadline deadline) {
    lastQuery = command;
    return batches.get(command.collection().id()).rowCount();
  }

  @Override
  public synchronized ColumnBatch get(GetCommand command, Deadline deadline) {
    return all(command.collection(), command.outputFieldIds());
  }

  private ColumnBatch all(CollectionDescriptor collection, List<Long> fieldIds) {
    ColumnBatch stored = batches.get(collection.id());
    return ColumnBatches.select(stored, fieldIds, identity(stored.rowCount()));
  }

  synchronized ColumnBatch stored(CollectionDescriptor collection) {
    return batches.get(collection.id());
  }

  synchronized SearchCommand lastSearch() {
    return lastSearch;
  }

  @Override
  public synchronized long newReadTimestamp(Deadline deadline) {
    return 4711;
  }

  @Override
  public RerankModel rerankModel(Map<String, String> parameters) {
    throw new AssertionError("no service is called here");
  }

  synchronized HybridSearchCommand lastHybridSearch() {
    return lastHybridSearch;
  }

  synchronized QueryCommand lastQuery() {
    return lastQuery;
  }

  synchronized FilterText lastDelete() {
    return lastDelete;
  }

  synchronized Deadline lastDeadline() {
    return lastDeadline;
  }
}

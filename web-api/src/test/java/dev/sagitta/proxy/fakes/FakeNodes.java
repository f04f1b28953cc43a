package dev.sagitta.proxy.fakes;

import dev.sagitta.engine.bitmap.RowBitmap;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.ColumnBatches;
import dev.sagitta.engine.column.DenseVectorColumn;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.column.StringColumn;
import dev.sagitta.engine.filter.Filter;
import dev.sagitta.engine.filter.FilterCompiler;
import dev.sagitta.engine.index.Bm25Statistics;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.query.NodeReader;
import dev.sagitta.query.StaleRouteException;
import dev.sagitta.query.VchannelRouter;
import dev.sagitta.query.hit.GroupCounts;
import dev.sagitta.query.request.FetchRequest;
import dev.sagitta.query.request.FilterText;
import dev.sagitta.query.request.Grouping;
import dev.sagitta.query.request.NodeSearchRequest;
import dev.sagitta.query.request.NodeSearchResult;
import dev.sagitta.query.request.RetrieveRequest;
import dev.sagitta.query.request.RetrieveResult;
import dev.sagitta.query.request.TermStatisticsRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Nodes that own vchannels of a {@link FakeDatabase} and scan its rows; squared distances. A hit's
 * locator is (segment 77, position among the node's rows).
 */
public final class FakeNodes implements NodeReader, VchannelRouter {
  private static final long SEGMENT = 77;

  private final FakeDatabase database;
  private final Map<String, String> owners = new HashMap<>();
  private final Queue<RuntimeException> faults = new ConcurrentLinkedQueue<>();
  public final List<String> invalidated = new ArrayList<>();
  public final List<Long> notBefore = new ArrayList<>();
  public final Queue<String> calls = new ConcurrentLinkedQueue<>();

  public FakeNodes(FakeDatabase database, int nodeCount) {
    this.database = database;
    for (int shard = 0; shard < FakeCatalog.VCHANNELS.size(); shard++) {
      owners.put(FakeCatalog.VCHANNELS.get(shard), "node" + shard % nodeCount);
    }
  }

  /** The next call to a node fails so. */
  public void failNext(RuntimeException fault) {
    faults.add(fault);
  }

  @Override
  public Map<String, String> ownersAt(
      List<String> vchannels, long notBeforeNanos, Deadline deadline) {
    notBefore.add(notBeforeNanos);
    Map<String, String> found = new HashMap<>();
    vchannels.forEach(vchannel -> found.put(vchannel, owners.get(vchannel)));
    return found;
  }

  @Override
  public void flush(List<String> vchannels, Deadline deadline) {
    throw new AssertionError("reads do not flush");
  }

  @Override
  public void invalidate(String vchannel) {
    invalidated.add(vchannel);
  }

  @Override
  public NodeSearchResult search(String nodeId, NodeSearchRequest request, Deadline deadline) {
    check("search", nodeId, request.vchannels());
    List<FakeRow> rows = matching(request.vchannels(), request.partitionIds());
    rows.retainAll(filtered(rows, request.filter()));
    List<FakeRow> all = rowsOf(nodeId);
    int[] counts = new int[request.queryCount()];
    List<FakeRow> hits = new ArrayList<>();
    List<Float> scores = new ArrayList<>();
    for (int query = 0; query < counts.length; query++) {
      float[] vector = new float[2];
      ((DenseVectorColumn) request.queries()).copyVector(query, vector, 0);
      float x = vector[0];
      float y = vector[1];
      List<FakeRow> best = new ArrayList<>(rows);
      best.sort(
          Comparator.comparingDouble((FakeRow row) -> distance(row, x, y))
              .thenComparing(FakeNodes::compareKeys));
      Optional<Grouping> grouping = request.options().grouping();
      if (grouping.isPresent()) {
        GroupCounts groups = new GroupCounts(grouping.get(), request.topK());
        best.removeIf(row -> !groups.admit(colorOf(row)));
      } else {
        best = best.subList(0, Math.min(request.topK(), best.size()));
      }
      counts[query] = best.size();
      hits.addAll(best);
      best.forEach(row -> scores.add(distance(row, x, y)));
    }
    float[] flat = new float[scores.size()];
    int[] locators = new int[hits.size()];
    long[] segments = new long[hits.size()];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = scores.get(i);
      locators[i] = all.indexOf(hits.get(i));
      segments[i] = SEGMENT;
    }
    Optional<ColumnBatch> fields =
        request.outputFieldIds().isEmpty()
            ? Optional.empty()
            : Optional.of(gather(hits, request.outputFieldIds()));
    return new NodeSearchResult(
        counts,
        flat,
        keysOf(hits),
        segments,
        locators,
        fields,
        request.options().grouping().map(_ -> hits.stream().map(FakeNodes::colorOf).toList()));
  }

  /** The only field to group by here. */
  private static Optional<Object> colorOf(FakeRow row) {
    return Optional.of(((StringColumn) row.batch().column(FakeCatalog.COLOR)).stringAt(row.row()));
  }

  @Override
  public Bm25Statistics termStatistics(
      String nodeId, TermStatisticsRequest request, Deadline deadline) {
    throw new AssertionError("rows have no texts");
  }

  @Override
  public RetrieveResult retrieve(String nodeId, RetrieveRequest request, Deadline deadline) {
    check("retrieve", nodeId, request.vchannels());
    List<FakeRow> rows = matching(request.vchannels(), request.partitionIds());
    rows.retainAll(filtered(rows, request.filter()));
    if (request.countOnly()) {
      return new RetrieveResult(rows.size(), new ColumnBatch(0, Map.of()));
    }
    rows.sort(FakeNodes::compareKeys);
    List<FakeRow> limited = rows.subList(0, Math.min(rows.size(), request.limit()));
    return new RetrieveResult(limited.size(), gather(limited, request.outputFieldIds()));
  }

  @Override
  public ColumnBatch fetch(String nodeId, FetchRequest request, Deadline deadline) {
    check("fetch", nodeId, List.of());
    List<FakeRow> all = rowsOf(nodeId);
    List<FakeRow> located = new ArrayList<>();
    for (int row : request.rows()) {
      located.add(all.get(row));
    }
    return gather(located, request.outputFieldIds());
  }

  private void check(String operation, String nodeId, List<String> vchannels) {
    calls.add(operation + " " + nodeId);
    RuntimeException fault = faults.poll();
    if (fault != null) {
      throw fault;
    }
    for (String vchannel : vchannels) {
      if (!owners.get(vchannel).equals(nodeId)) {
        throw new StaleRouteException("not mine: vchannel=" + vchannel);
      }
    }
  }

  private List<FakeRow> rowsOf(String nodeId) {
    return database.rows(
        FakeCatalog.VCHANNELS.stream()
            .filter(vchannel -> owners.get(vchannel).equals(nodeId))
            .toList());
  }

  private List<FakeRow> matching(List<String> vchannels, Set<Long> partitionIds) {
    List<FakeRow> rows = new ArrayList<>(database.rows(vchannels));
    rows.removeIf(row -> !partitionIds.isEmpty() && !partitionIds.contains(row.partitionId()));
    return rows;
  }

  private Set<FakeRow> filtered(List<FakeRow> rows, FilterText text) {
    Filter filter =
        FilterCompiler.compile(
            text.expression(), text.templates(), database.catalog.collection().schema());
    IdentityHashMap<ColumnBatch, RowBitmap> passing = new IdentityHashMap<>();
    Set<FakeRow> kept = Collections.newSetFromMap(new IdentityHashMap<>());
    for (FakeRow row : rows) {
      if (passing.computeIfAbsent(row.batch(), filter::evaluate).contains(row.row())) {
        kept.add(row);
      }
    }
    return kept;
  }

  private ColumnBatch gather(List<FakeRow> rows, List<Long> fieldIds) {
    if (rows.isEmpty()) {
      return ColumnBatches.select(
          FakeCatalog.rows(database.catalog.collection(), List.of()), fieldIds, new int[0]);
    }
    List<ColumnBatch> single = new ArrayList<>();
    for (FakeRow row : rows) {
      single.add(ColumnBatches.select(row.batch(), fieldIds, new int[] {row.row()}));
    }
    return ColumnBatches.concat(single);
  }

  private PrimaryKeys keysOf(List<FakeRow> rows) {
    return ColumnBatches.primaryKeys(
        gather(rows, List.of(FakeCatalog.KEY)).column(FakeCatalog.KEY));
  }

  private static int compareKeys(FakeRow first, FakeRow second) {
    return first.key() instanceof Long number
        ? Long.compare(number, (Long) second.key())
        : ((String) first.key()).compareTo((String) second.key());
  }

  private static float distance(FakeRow row, float x, float y) {
    float[] vector = new float[2];
    ((DenseVectorColumn) row.batch().column(FakeCatalog.VECTOR)).copyVector(row.row(), vector, 0);
    return (vector[0] - x) * (vector[0] - x) + (vector[1] - y) * (vector[1] - y);
  }
}

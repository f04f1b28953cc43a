package dev.sagitta.proxy.read;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.catalog.KeyHash;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.ColumnBatches;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.proxy.KeyLists;
import dev.sagitta.query.NodeReader;
import dev.sagitta.query.request.FilterText;
import dev.sagitta.query.request.RetrieveRequest;
import dev.sagitta.query.request.RetrieveResult;
import dev.sagitta.query.request.RowVisibility;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Reads rows by filter or key from the nodes that own them. */
final class RowReader {
  /** Rows of one key that was inserted more than once are left out only here. */
  private static final int ROOM_FOR_DUPLICATES = 1024;

  private final NodeReader nodes;
  private final RoutedReads reads;
  private final NodeFanOut fanOut;

  RowReader(NodeReader nodes, RoutedReads reads, NodeFanOut fanOut) {
    this.nodes = requireNonNull(nodes, "nodes is null");
    this.reads = requireNonNull(reads, "reads is null");
    this.fanOut = requireNonNull(fanOut, "fanOut is null");
  }

  /** Matching rows in the order of their keys. */
  ColumnBatch rows(
      ReadScope scope,
      FilterText filter,
      RowVisibility visibility,
      int offset,
      int limit,
      List<Long> fieldIds,
      Deadline deadline) {
    long keyFieldId = scope.collection().schema().primaryKey().id();
    List<Long> withKey = new ArrayList<>(new LinkedHashSet<>(fieldIds));
    if (!withKey.contains(keyFieldId)) {
      withKey.add(keyFieldId);
    }
    int wanted = (int) Math.min((long) offset + limit, Integer.MAX_VALUE);
    List<RetrieveResult> results =
        retrieve(scope, filter, visibility, wanted, false, withKey, deadline);
    return RowMerger.merge(
        results.stream().map(RetrieveResult::rows).toList(), keyFieldId, offset, limit, fieldIds);
  }

  long count(ReadScope scope, FilterText filter, RowVisibility visibility, Deadline deadline) {
    return retrieve(scope, filter, visibility, 1, true, List.of(), deadline).stream()
        .mapToLong(RetrieveResult::count)
        .sum();
  }

  /**
   * The rows of the keys that exist, one a key, in the order of the keys.
   *
   * @param fieldIds the primary key's field among them
   */
  ColumnBatch rowsOf(ReadScope scope, PrimaryKeys keys, List<Long> fieldIds, Deadline deadline) {
    if (keys.size() == 0) {
      return HitFields.empty(scope.collection().schema(), fieldIds);
    }
    FieldSchema keyField = scope.collection().schema().primaryKey();
    FilterText filter =
        new FilterText(
            keyField.name() + " in {keys}",
            Map.of("keys", KeyLists.asList(keys).stream().distinct().toList()));
    ColumnBatch rows =
        rows(
            scope.withVchannels(vchannelsOf(scope, keys)),
            filter,
            RowVisibility.NEWEST,
            0,
            keys.size() + ROOM_FOR_DUPLICATES,
            fieldIds,
            deadline);
    return withoutRepeatedKeys(rows, keyField.id());
  }

  private List<RetrieveResult> retrieve(
      ReadScope scope,
      FilterText filter,
      RowVisibility visibility,
      int limit,
      boolean countOnly,
      List<Long> fieldIds,
      Deadline deadline) {
    return reads.read(
        scope,
        deadline,
        owners ->
            fanOut.ask(
                owners,
                owner ->
                    nodes.retrieve(
                        owner.nodeId(),
                        new RetrieveRequest(
                            scope.collection().id(),
                            scope.catalogVersion(),
                            owner.vchannels(),
                            scope.partitionIds(),
                            filter,
                            limit,
                            countOnly,
                            fieldIds,
                            visibility),
                        deadline),
                deadline,
                "retrieve"));
  }

  private static List<String> vchannelsOf(ReadScope scope, PrimaryKeys keys) {
    List<String> all = scope.collection().vchannels();
    return Arrays.stream(KeyHash.shardsOf(keys, all.size()))
        .distinct()
        .sorted()
        .mapToObj(all::get)
        .toList();
  }

  private static ColumnBatch withoutRepeatedKeys(ColumnBatch rows, long keyFieldId) {
    PrimaryKeys keys = ColumnBatches.primaryKeys(rows.column(keyFieldId));
    int[] kept = new int[keys.size()];
    int count = 0;
    for (int row = 0; row < kept.length; row++) {
      if (row == 0 || KeyLists.compare(keys, row - 1, keys, row) != 0) {
        kept[count++] = row;
      }
    }
    return count == kept.length ? rows : ColumnBatches.select(rows, Arrays.copyOf(kept, count));
  }
}

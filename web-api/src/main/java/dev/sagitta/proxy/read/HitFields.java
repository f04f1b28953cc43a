package dev.sagitta.proxy.read;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.ColumnBatches;
import dev.sagitta.engine.column.ColumnBuilder;
import dev.sagitta.engine.schema.CollectionSchema;
import dev.sagitta.engine.schema.FieldSchema;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.query.NodeReader;
import dev.sagitta.query.hit.MergedHits;
import dev.sagitta.query.request.FetchRequest;
import dev.sagitta.query.request.NodeSearchResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Fetches the output fields of the final hits from the nodes that found them. */
final class HitFields {
  private final NodeReader nodes;
  private final NodeFanOut fanOut;

  HitFields(NodeReader nodes, NodeFanOut fanOut) {
    this.nodes = requireNonNull(nodes, "nodes is null");
    this.fanOut = requireNonNull(fanOut, "fanOut is null");
  }

  /** The fields, one row a hit. */
  ColumnBatch fetch(
      ReadScope scope,
      List<Owner> owners,
      List<NodeSearchResult> results,
      MergedHits hits,
      List<Long> fieldIds,
      Deadline deadline) {
    if (fieldIds.isEmpty()) {
      return new ColumnBatch(hits.size(), Map.of());
    }
    if (hits.size() == 0) {
      return empty(scope.collection().schema(), fieldIds);
    }
    int[][] hitsOfSource = ColumnBatches.rowsByTarget(hits.sources(), owners.size());
    List<Integer> sources =
        IntStream.range(0, owners.size()).filter(i -> hitsOfSource[i].length > 0).boxed().toList();
    List<ColumnBatch> fetched =
        fanOut.ask(
            sources,
            source ->
                nodes.fetch(
                    owners.get(source).nodeId(),
                    request(scope, results.get(source), hits, hitsOfSource[source], fieldIds),
                    deadline),
            deadline,
            "fetch");
    if (sources.size() == 1) {
      return fetched.getFirst();
    }
    int[] rowOfHit = new int[hits.size()];
    int row = 0;
    for (int source : sources) {
      for (int hit : hitsOfSource[source]) {
        rowOfHit[hit] = row++;
      }
    }
    return ColumnBatches.select(ColumnBatches.concat(fetched), fieldIds, rowOfHit);
  }

  private static FetchRequest request(
      ReadScope scope,
      NodeSearchResult result,
      MergedHits hits,
      int[] wanted,
      List<Long> fieldIds) {
    long[] segmentIds = new long[wanted.length];
    int[] rows = new int[wanted.length];
    for (int i = 0; i < wanted.length; i++) {
      int position = hits.positions()[wanted[i]];
      segmentIds[i] = result.segmentIds()[position];
      rows[i] = result.rows()[position];
    }
    return new FetchRequest(scope.collection().id(), segmentIds, rows, fieldIds);
  }

  /** A batch without rows that has the fields' columns. */
  static ColumnBatch empty(CollectionSchema schema, List<Long> fieldIds) {
    Map<Long, Column> columns = new LinkedHashMap<>();
    for (long fieldId : fieldIds) {
      FieldSchema field =
          schema
              .field(fieldId)
              .orElseThrow(() -> new IllegalArgumentException("no such field: fieldId=" + fieldId));
      columns.put(fieldId, ColumnBuilder.forField(field, 0).build());
    }
    return new ColumnBatch(0, columns);
  }
}

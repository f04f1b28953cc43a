package dev.sagitta.proxy.read;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.SparseVectorColumn;
import dev.sagitta.engine.index.Bm25Statistics;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.query.NodeReader;
import dev.sagitta.query.request.TermStatisticsRequest;
import java.util.Arrays;
import java.util.List;

/**
 * What BM25 must know about the terms of a search, counted over all nodes: every row of the
 * collection that is served counts, so a row's score is the same whichever node, segment or
 * partition it lies in.
 */
final class MergedTermStatistics {
  private final NodeReader nodes;
  private final NodeFanOut fanOut;

  MergedTermStatistics(NodeReader nodes, NodeFanOut fanOut) {
    this.nodes = requireNonNull(nodes, "nodes is null");
    this.fanOut = requireNonNull(fanOut, "fanOut is null");
  }

  Bm25Statistics of(
      ReadScope scope,
      List<Owner> owners,
      long fieldId,
      SparseVectorColumn queries,
      Deadline deadline) {
    int[] terms = terms(queries);
    List<Bm25Statistics> counted =
        fanOut.ask(
            owners,
            owner ->
                nodes.termStatistics(
                    owner.nodeId(),
                    new TermStatisticsRequest(
                        scope.collection().id(),
                        scope.catalogVersion(),
                        owner.vchannels(),
                        fieldId,
                        terms),
                    deadline),
            deadline,
            "term statistics");
    Bm25Statistics sum = Bm25Statistics.none(terms);
    for (Bm25Statistics part : counted) {
      // The indices travelled: equal, but another array.
      sum =
          sum.plus(
              new Bm25Statistics(
                  part.documentCount(), part.totalLength(), terms, part.documentFrequencies()));
    }
    return sum;
  }

  /** The distinct terms of all queries, sorted, compared unsigned. */
  private static int[] terms(SparseVectorColumn queries) {
    int count = 0;
    for (int row = 0; row < queries.rowCount(); row++) {
      count += queries.entryCount(row);
    }
    long[] all = new long[count];
    int next = 0;
    for (int row = 0; row < queries.rowCount(); row++) {
      int entries = queries.entryCount(row);
      int[] indices = new int[entries];
      queries.copyEntries(row, indices, new float[entries]);
      for (int index : indices) {
        all[next++] = Integer.toUnsignedLong(index);
      }
    }
    return Arrays.stream(all).sorted().distinct().mapToInt(term -> (int) term).toArray();
  }
}

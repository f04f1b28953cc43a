package dev.sagitta.proxy.read;

import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.proxy.KeyLists;
import dev.sagitta.query.hit.HitLists;
import dev.sagitta.query.hit.HitMerger;
import dev.sagitta.query.hit.MergedHits;
import dev.sagitta.query.request.Grouping;
import dev.sagitta.query.request.NodeSearchResult;
import java.util.List;
import java.util.Optional;

/** The nodes' answers as lists of one query after the other; positions count over all queries. */
final class NodeHits implements HitLists {
  private final List<NodeSearchResult> results;
  private final int[] start;
  private final int[] end;
  private int queries;

  NodeHits(List<NodeSearchResult> results) {
    this.results = List.copyOf(results);
    this.start = new int[results.size()];
    this.end = new int[results.size()];
  }

  /**
   * Merges the hits of all queries, once.
   *
   * @param search what the nodes were asked
   * @param offset best hits of each query to leave out; of groups none is left out here
   */
  MergedHits merge(PreparedSearch search, int offset) {
    Optional<Grouping> grouping = search.options().grouping();
    int leftOut = grouping.isPresent() ? 0 : offset;
    HitMerger merger =
        new HitMerger(
            search.metric().largerIsNearer(),
            search.queryCount(),
            leftOut,
            search.wanted() - leftOut,
            grouping);
    for (int query = 0; query < search.queryCount(); query++) {
      nextQuery();
      merger.add(this);
    }
    return merger.build();
  }

  /** Goes to the next query; the first call to the first one. */
  private void nextQuery() {
    for (int list = 0; list < start.length; list++) {
      start[list] = end[list];
      end[list] += results.get(list).hitCounts()[queries];
    }
    queries++;
  }

  @Override
  public int count() {
    return start.length;
  }

  @Override
  public int from(int list) {
    return start[list];
  }

  @Override
  public int to(int list) {
    return end[list];
  }

  @Override
  public float score(int list, int position) {
    return results.get(list).scores()[position];
  }

  @Override
  public Object key(int list, int position) {
    PrimaryKeys keys = results.get(list).keys();
    return KeyLists.get(keys, position);
  }

  @Override
  public Optional<Object> group(int list, int position) {
    return results.get(list).groups().orElseThrow().get(position);
  }
}

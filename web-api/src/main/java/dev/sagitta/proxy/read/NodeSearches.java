package dev.sagitta.proxy.read;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.SparseVectorColumn;
import dev.sagitta.engine.index.Bm25Statistics;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.engine.time.Deadline;
import dev.sagitta.query.NodeReader;
import dev.sagitta.query.hit.MergedHits;
import dev.sagitta.query.request.Grouping;
import dev.sagitta.query.request.NodeSearchRequest;
import dev.sagitta.query.request.NodeSearchResult;
import dev.sagitta.query.request.NodeSearchResults;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Asks the owners of a scope's shards for the hits of searches. */
final class NodeSearches {
  private final NodeReader nodes;
  private final NodeFanOut fanOut;
  private final MergedTermStatistics termStatistics;

  NodeSearches(NodeReader nodes, NodeFanOut fanOut) {
    this.nodes = requireNonNull(nodes, "nodes is null");
    this.fanOut = requireNonNull(fanOut, "fanOut is null");
    this.termStatistics = new MergedTermStatistics(nodes, fanOut);
  }

  /**
   * Asks every owner for every search at once.
   *
   * @param fieldIds output fields that the answers are to have
   * @return the answers of the owners to the first search, in their order, then to the next one
   */
  List<NodeSearchResult> ask(
      ReadScope scope,
      List<Owner> owners,
      List<PreparedSearch> searches,
      List<Long> fieldIds,
      Deadline deadline) {
    List<Unit> units = new ArrayList<>();
    for (PreparedSearch search : searches) {
      Optional<Bm25Statistics> statistics = statistics(scope, owners, search, deadline);
      for (Owner owner : owners) {
        units.add(new Unit(owner.nodeId(), search.request(scope, owner, fieldIds, statistics)));
      }
    }
    List<NodeSearchResult> results = ask(units, deadline);
    if (owners.size() == 1) {
      return results;
    }
    List<NodeSearchResult> filled = new ArrayList<>(results.size());
    for (int i = 0; i < searches.size(); i++) {
      int first = i * owners.size();
      int end = first + owners.size();
      filled.addAll(
          withFullGroups(
              searches.get(i), units.subList(first, end), results.subList(first, end), deadline));
    }
    return filled;
  }

  private Optional<Bm25Statistics> statistics(
      ReadScope scope, List<Owner> owners, PreparedSearch search, Deadline deadline) {
    return search.metric() == MetricType.BM25
        ? Optional.of(
            termStatistics.of(
                scope,
                owners,
                search.field().id(),
                (SparseVectorColumn) search.queries(),
                deadline))
        : Optional.empty();
  }

  private List<NodeSearchResult> ask(List<Unit> units, Deadline deadline) {
    return fanOut.ask(
        units, unit -> nodes.search(unit.nodeId, unit.request, deadline), deadline, "search");
  }

  /**
   * A group's rows may lie on owners where the group is not among the nearest ones: a strict search
   * asks again, for the groups that are among the nearest of all owners.
   */
  private List<NodeSearchResult> withFullGroups(
      PreparedSearch search, List<Unit> units, List<NodeSearchResult> results, Deadline deadline) {
    Optional<Grouping> grouping = search.options().grouping();
    if (grouping.isEmpty() || !grouping.get().strict() || grouping.get().size() == 1) {
      return results;
    }
    NodeHits lists = new NodeHits(results);
    MergedHits merged = lists.merge(search, 0);
    List<Unit> again = new ArrayList<>();
    int hit = 0;
    for (int query = 0; query < search.queryCount(); query++) {
      Set<Optional<Object>> groups = new HashSet<>();
      for (int end = hit + merged.hitCounts()[query]; hit < end; hit++) {
        groups.add(lists.group(merged.sources()[hit], merged.positions()[hit]));
      }
      for (Unit unit : units) {
        NodeSearchRequest ofQuery = unit.request.ofQuery(query);
        again.add(new Unit(unit.nodeId, ofQuery.withGrouping(grouping.get().withOnly(groups))));
      }
    }
    List<NodeSearchResult> found = ask(again, deadline);
    return IntStream.range(0, units.size())
        .mapToObj(
            owner ->
                NodeSearchResults.concat(
                    IntStream.range(0, search.queryCount())
                        .mapToObj(query -> found.get(query * units.size() + owner))
                        .toList()))
        .toList();
  }

  private record Unit(String nodeId, NodeSearchRequest request) {}
}

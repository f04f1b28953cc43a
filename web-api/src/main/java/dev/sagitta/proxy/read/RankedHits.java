package dev.sagitta.proxy.read;

import static java.util.Objects.requireNonNull;

import dev.sagitta.proxy.HybridSearchCommand;
import dev.sagitta.proxy.KeyLists;
import dev.sagitta.query.hit.KeyOrder;
import dev.sagitta.query.hit.MergedHits;
import dev.sagitta.query.request.NodeSearchResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The final hits of a ranked search.
 *
 * @param scores final score of each hit
 */
record RankedHits(MergedHits hits, float[] scores) {
  RankedHits {
    requireNonNull(hits, "hits is null");
    requireNonNull(scores, "scores is null");
  }

  /** Orders rows by final score, ties by primary key, and applies groups, offset and limit. */
  static final class Builder {
    private final List<NodeSearchResult> results;
    private final FoundRows found;
    private final HybridSearchCommand command;
    private final boolean largerIsBetter;
    private final MergedHits.Builder hits;
    private float[] scores;

    Builder(
        List<NodeSearchResult> results,
        FoundRows found,
        HybridSearchCommand command,
        boolean largerIsBetter) {
      this.results = results;
      this.found = found;
      this.command = command;
      this.largerIsBetter = largerIsBetter;
      this.hits = new MergedHits.Builder(command.queryCount());
      this.scores = new float[found.hits().size()];
    }

    /** Adds the query's hits; queries come in their order. */
    void add(int query, float[] scoreOfRow) {
      int first = found.firstOf(query);
      Comparator<Integer> byScore =
          (i, j) ->
              largerIsBetter
                  ? Float.compare(scoreOfRow[j], scoreOfRow[i])
                  : Float.compare(scoreOfRow[i], scoreOfRow[j]);
      List<Integer> order =
          IntStream.range(0, scoreOfRow.length)
              .boxed()
              .sorted(
                  byScore.thenComparing(
                      (i, j) -> KeyOrder.compare(keyOf(first + i), keyOf(first + j))))
              .toList();
      List<Integer> chosen =
          command.grouping().isPresent() ? pageOfGroups(order, first, scoreOfRow) : page(order);
      for (int row : chosen) {
        scores[hits.size()] = scoreOfRow[row];
        hits.add(query, found.hits().sources()[first + row], found.hits().positions()[first + row]);
      }
    }

    RankedHits build() {
      return new RankedHits(hits.build(), Arrays.copyOf(scores, hits.size()));
    }

    private <T> List<T> page(List<T> all) {
      return all.stream().skip(command.offset()).limit(command.limit()).toList();
    }

    private List<Integer> pageOfGroups(List<Integer> order, int first, float[] scoreOfRow) {
      int size = command.grouping().orElseThrow().size();
      Map<Optional<Object>, List<Integer>> groups = new LinkedHashMap<>();
      for (int row : order) {
        List<Integer> members =
            groups.computeIfAbsent(groupOf(first + row), _ -> new ArrayList<>());
        if (members.size() < size) {
          members.add(row);
        }
      }
      Comparator<List<Integer>> byScore =
          Comparator.comparingDouble(members -> groupScore(members, scoreOfRow));
      List<List<Integer>> sorted = new ArrayList<>(groups.values());
      sorted.sort(largerIsBetter ? byScore.reversed() : byScore);
      return page(sorted).stream().flatMap(List::stream).toList();
    }

    private double groupScore(List<Integer> members, float[] scoreOfRow) {
      double sum = members.stream().mapToDouble(row -> scoreOfRow[row]).sum();
      return command.groupScore().of(scoreOfRow[members.getFirst()], sum, members.size());
    }

    private Object keyOf(int row) {
      return KeyLists.get(
          results.get(found.hits().sources()[row]).keys(), found.hits().positions()[row]);
    }

    private Optional<Object> groupOf(int row) {
      return results
          .get(found.hits().sources()[row])
          .groups()
          .orElseThrow()
          .get(found.hits().positions()[row]);
    }
  }
}

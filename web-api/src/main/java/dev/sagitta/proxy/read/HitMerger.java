package dev.sagitta.proxy.read;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.proxy.KeyLists;
import dev.sagitta.query.request.NodeSearchResult;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Merges the nodes' hits query by query: best first, ties by primary key, one hit a key, offset and
 * limit applied.
 */
final class HitMerger {
  private final List<NodeSearchResult> results;
  private final boolean largerIsNearer;
  private final int[] next;
  private final int[] end;

  HitMerger(List<NodeSearchResult> results, MetricType metric) {
    this.results = List.copyOf(results);
    this.largerIsNearer = requireNonNull(metric, "metric is null").largerIsNearer();
    this.next = new int[results.size()];
    this.end = new int[results.size()];
  }

  MergedHits merge(int queryCount, int offset, int limit) {
    int mostHits = 0;
    for (NodeSearchResult result : results) {
      mostHits += result.scores().length;
    }
    MergedHits.Builder merged = new MergedHits.Builder(queryCount, mostHits);
    Set<Object> seen = new HashSet<>();
    for (int query = 0; query < queryCount; query++) {
      for (int i = 0; i < results.size(); i++) {
        end[i] = next[i] + results.get(i).hitCounts()[query];
      }
      seen.clear();
      int taken = 0;
      for (int i = best(); i >= 0 && taken < offset + limit; i = best()) {
        int hit = next[i]++;
        if (results.size() == 1 || seen.add(KeyLists.get(results.get(i).keys(), hit))) {
          if (taken >= offset) {
            merged.add(query, i, hit);
          }
          taken++;
        }
      }
      System.arraycopy(end, 0, next, 0, end.length);
    }
    return merged.build();
  }

  /** The result with the best remaining hit of the current query; -1 if none remains. */
  private int best() {
    int best = -1;
    for (int i = 0; i < next.length; i++) {
      if (next[i] < end[i] && (best < 0 || isBefore(i, best))) {
        best = i;
      }
    }
    return best;
  }

  private boolean isBefore(int first, int second) {
    NodeSearchResult firstResult = results.get(first);
    NodeSearchResult secondResult = results.get(second);
    float firstScore = firstResult.scores()[next[first]];
    float secondScore = secondResult.scores()[next[second]];
    if (firstScore != secondScore) {
      return largerIsNearer ? firstScore > secondScore : firstScore < secondScore;
    }
    return KeyLists.compare(firstResult.keys(), next[first], secondResult.keys(), next[second]) < 0;
  }
}

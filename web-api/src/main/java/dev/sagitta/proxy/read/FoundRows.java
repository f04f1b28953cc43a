package dev.sagitta.proxy.read;

import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.schema.MetricType;
import dev.sagitta.proxy.KeyLists;
import dev.sagitta.proxy.rank.Candidates;
import dev.sagitta.proxy.rank.Ranking;
import dev.sagitta.query.hit.MergedHits;
import dev.sagitta.query.request.NodeSearchResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The distinct rows that several searches found, query by query, and who found which. */
final class FoundRows {
  private final MergedHits hits;
  private final List<List<Part>> partsOfQuery;
  private final int[] firstOfQuery;

  /** What one search found for one query: numbers of the query's rows, best first. */
  private record Part(int[] candidates, float[] scores) {}

  private FoundRows(MergedHits hits, List<List<Part>> partsOfQuery) {
    this.hits = hits;
    this.partsOfQuery = partsOfQuery;
    this.firstOfQuery = new int[partsOfQuery.size()];
    for (int query = 1; query < firstOfQuery.length; query++) {
      firstOfQuery[query] = firstOfQuery[query - 1] + hits.hitCounts()[query - 1];
    }
  }

  /**
   * Puts the searches' hits together.
   *
   * @param results answers of the owners to the first search, then to the next one
   * @param merged hits of each search, in places of its own answers
   */
  static FoundRows of(
      List<NodeSearchResult> results, int ownerCount, List<MergedHits> merged, int queryCount) {
    MergedHits.Builder rows = new MergedHits.Builder(queryCount);
    List<List<Part>> partsOfQuery = new ArrayList<>();
    int[] next = new int[merged.size()];
    for (int query = 0; query < queryCount; query++) {
      Map<Object, Integer> candidateOfKey = new HashMap<>();
      List<Part> parts = new ArrayList<>();
      for (int search = 0; search < merged.size(); search++) {
        MergedHits hits = merged.get(search);
        int count = hits.hitCounts()[query];
        Part part = new Part(new int[count], new float[count]);
        for (int i = 0; i < count; i++) {
          int source = search * ownerCount + hits.sources()[next[search]];
          int position = hits.positions()[next[search]];
          next[search]++;
          NodeSearchResult result = results.get(source);
          int fresh = candidateOfKey.size();
          int candidate =
              candidateOfKey.computeIfAbsent(KeyLists.get(result.keys(), position), _ -> fresh);
          if (candidate == fresh) {
            rows.add(query, source, position);
          }
          part.candidates[i] = candidate;
          part.scores[i] = result.scores()[position];
        }
        parts.add(part);
      }
      partsOfQuery.add(parts);
    }
    return new FoundRows(rows.build(), partsOfQuery);
  }

  /** The rows of all queries, in places of all answers. */
  MergedHits hits() {
    return hits;
  }

  /** Number of the query's first row among all. */
  int firstOf(int query) {
    return firstOfQuery[query];
  }

  /**
   * The query's rows for a ranker.
   *
   * @param input values of the rows of all queries, if the ranker wants any
   */
  Candidates candidates(int query, List<MetricType> metrics, Optional<Column> input) {
    List<Part> parts = partsOfQuery.get(query);
    List<Ranking> rankings = new ArrayList<>();
    for (int search = 0; search < parts.size(); search++) {
      Part part = parts.get(search);
      rankings.add(new Ranking(metrics.get(search), part.candidates, part.scores));
    }
    return new Candidates(query, hits.hitCounts()[query], rankings, input, firstOf(query));
  }
}

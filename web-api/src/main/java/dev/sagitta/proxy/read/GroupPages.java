package dev.sagitta.proxy.read;

import dev.sagitta.query.hit.MergedHits;
import dev.sagitta.query.request.NodeSearchResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings the hits of a group together, the nearest group first, and leaves the first groups out.
 */
final class GroupPages {
  private GroupPages() {}

  /**
   * The groups behind the first ones.
   *
   * @param hits best first, of no more groups than wanted
   * @param offset groups to leave out
   */
  static MergedHits of(List<NodeSearchResult> results, MergedHits hits, int offset) {
    MergedHits.Builder arranged = new MergedHits.Builder(hits.hitCounts().length);
    int hit = 0;
    for (int query = 0; query < hits.hitCounts().length; query++) {
      Map<Optional<Object>, List<Integer>> groups = new LinkedHashMap<>();
      for (int end = hit + hits.hitCounts()[query]; hit < end; hit++) {
        NodeSearchResult result = results.get(hits.sources()[hit]);
        Optional<Object> group = result.groups().orElseThrow().get(hits.positions()[hit]);
        groups.computeIfAbsent(group, _ -> new ArrayList<>()).add(hit);
      }
      int current = query;
      groups.values().stream()
          .skip(offset)
          .flatMap(List::stream)
          .forEach(
              member -> arranged.add(current, hits.sources()[member], hits.positions()[member]));
    }
    return arranged.build();
  }
}

package dev.sagitta.query.hit;

import static java.util.Objects.requireNonNull;

import dev.sagitta.query.request.Grouping;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Merges sorted hits query by query: best first, ties by primary key, one hit a key, offset and
 * limit applied. With groups, limit counts groups, and the hits stay in the order of their scores.
 */
public final class HitMerger {
  private static final Comparator<Hit> BY_KEY = Comparator.comparing(Hit::key, KeyOrder::compare);

  private final boolean largerIsNearer;
  private final int offset;
  private final int limit;
  private final Optional<Grouping> grouping;
  private final MergedHits.Builder merged;
  private int queries;

  /**
   * Merges plain searches.
   *
   * @param offset best hits of each query to leave out
   * @param limit most hits of each query
   */
  public HitMerger(boolean largerIsNearer, int queryCount, int offset, int limit) {
    this(largerIsNearer, queryCount, offset, limit, Optional.empty());
  }

  /**
   * @param offset hits to leave out; 0 with groups
   * @param limit most hits of each query; with groups, most groups
   */
  public HitMerger(
      boolean largerIsNearer, int queryCount, int offset, int limit, Optional<Grouping> grouping) {
    this.largerIsNearer = largerIsNearer;
    this.offset = offset;
    this.limit = limit;
    this.grouping = requireNonNull(grouping, "grouping is null");
    this.merged = new MergedHits.Builder(queryCount);
  }

  /** Adds the hits of the next query. */
  public void add(HitLists lists) {
    int query = queries++;
    int[] next = new int[lists.count()];
    Arrays.setAll(next, lists::from);
    Set<Object> keys = new HashSet<>();
    Optional<GroupCounts> groups = grouping.map(asked -> new GroupCounts(asked, limit));
    List<Hit> ties = new ArrayList<>();
    int wanted = groups.isPresent() ? Integer.MAX_VALUE : offset + limit;
    int taken = 0;
    while (taken < wanted && !(groups.isPresent() && groups.get().isComplete())) {
      nextTies(lists, next, ties);
      if (ties.isEmpty()) {
        break;
      }
      for (Hit hit : ties) {
        boolean wantedGroup =
            groups.isEmpty() || !groups.get().isClosed(lists.group(hit.list, hit.position));
        if (taken < wanted && wantedGroup && keys.add(hit.key)) {
          groups.ifPresent(counts -> counts.admit(lists.group(hit.list, hit.position)));
          if (taken >= offset) {
            merged.add(query, hit.list, hit.position);
          }
          taken++;
        }
      }
    }
  }

  /** Number of hits so far. */
  public int size() {
    return merged.size();
  }

  public MergedHits build() {
    return merged.build();
  }

  /** The remaining hits of the best score, by key. */
  private void nextTies(HitLists lists, int[] next, List<Hit> ties) {
    ties.clear();
    int best = -1;
    for (int i = 0; i < next.length; i++) {
      if (next[i] < lists.to(i)
          && (best < 0 || isBetter(lists.score(i, next[i]), lists.score(best, next[best])))) {
        best = i;
      }
    }
    if (best < 0) {
      return;
    }
    float score = lists.score(best, next[best]);
    for (int i = best; i < next.length; i++) {
      while (next[i] < lists.to(i) && isSame(lists.score(i, next[i]), score)) {
        ties.add(new Hit(i, next[i], lists.key(i, next[i])));
        next[i]++;
      }
    }
    if (ties.size() > 1) {
      ties.sort(BY_KEY);
    }
  }

  /** A score that is no number, as of vectors whose product overflows, is the worst. */
  private boolean isBetter(float left, float right) {
    return Float.isNaN(right) ? !Float.isNaN(left) : largerIsNearer ? left > right : left < right;
  }

  private static boolean isSame(float left, float right) {
    return left == right || (Float.isNaN(left) && Float.isNaN(right));
  }

  private record Hit(int list, int position, Object key) {}
}

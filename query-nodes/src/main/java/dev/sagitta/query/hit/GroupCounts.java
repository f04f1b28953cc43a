package dev.sagitta.query.hit;

import dev.sagitta.query.request.Grouping;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which hits a search with groups keeps, when they come best first: the first hits of the first
 * groups. A strict search is complete when all groups are full, another one with the first hit of
 * the last group.
 */
public final class GroupCounts {
  private final Map<Optional<Object>, Integer> counts = new HashMap<>();
  private final int limit;
  private final int groupSize;
  private final boolean untilFull;
  private int fullGroups;

  /**
   * @param limit most groups; of no account if the grouping names them
   */
  public GroupCounts(Grouping grouping, int limit) {
    this.groupSize = grouping.size();
    this.untilFull = grouping.strict() || grouping.only().isPresent();
    this.limit = grouping.only().map(Set::size).orElse(limit);
    grouping.only().ifPresent(groups -> groups.forEach(group -> counts.put(group, 0)));
  }

  /** Counts the hit if it is kept. */
  public boolean admit(Optional<Object> group) {
    if (isClosed(group)) {
      return false;
    }
    int count = counts.merge(group, 1, Integer::sum);
    if (count == groupSize) {
      fullGroups++;
    }
    return true;
  }

  /** Whether no further hit of the group is kept. */
  public boolean isClosed(Optional<Object> group) {
    if (isComplete()) {
      return true;
    }
    Integer count = counts.get(group);
    return count == null ? counts.size() == limit : count == groupSize;
  }

  /** Whether no further hit of any group is kept. */
  public boolean isComplete() {
    return counts.size() == limit && (!untilFull || fullGroups == limit);
  }
}

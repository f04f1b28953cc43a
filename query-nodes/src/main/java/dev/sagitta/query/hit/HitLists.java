package dev.sagitta.query.hit;

import java.util.Optional;

/** The hits of one query from several sources, each list best first. */
public interface HitLists {
  /** Number of lists. */
  int count();

  /** Hits in a list. */
  int size(int list);

  float score(int list, int position);

  /** The primary key: a Long or a String. */
  Object key(int list, int position);

  /** The group, of searches with groups only. */
  Optional<Object> group(int list, int position);
}

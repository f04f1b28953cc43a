package dev.sagitta.query.hit;

import java.util.Optional;

/** The hits of one query from several sources, each list best first. */
public interface HitLists {
  /** Number of lists. */
  int count();

  /** Position of a list's first hit. */
  int from(int list);

  /** Position behind a list's last hit. */
  int to(int list);

  float score(int list, int position);

  /** The primary key: a Long or a String. */
  Object key(int list, int position);

  /** The group, of searches with groups only. */
  Optional<Object> group(int list, int position);
}

package dev.sagitta.it;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What one client knows about its own keys: the version acknowledged last, and the versions that a
 * request without an answer may have left behind. Used by one thread.
 */
final class KeyHistory {
  /** Version of a key that is not there. */
  static final long ABSENT = -1;

  private final Map<Long, Long> acknowledged = new HashMap<>();
  private final Map<Long, Set<Long>> possible = new HashMap<>();

  /** Notes that a request that makes the key have this version is about to be sent. */
  void attempt(long key, long version) {
    possible.computeIfAbsent(key, _ -> new HashSet<>(Set.of(current(key)))).add(version);
  }

  /** The request was acknowledged. */
  void acknowledge(long key, long version) {
    acknowledged.put(key, version);
    possible.remove(key);
  }

  /** The request was refused: nothing of it happened. */
  void refuse(long key) {
    possible.remove(key);
  }

  long current(long key) {
    return acknowledged.getOrDefault(key, ABSENT);
  }

  Map<Long, Long> acknowledged() {
    return acknowledged;
  }

  Set<Long> allowed(long key) {
    return possible.getOrDefault(key, Set.of(current(key)));
  }

  /** What the server has shown settles every open question about the key. */
  void settle(long key, long version) {
    acknowledged.put(key, version);
    possible.remove(key);
  }

  Set<Long> keys() {
    Set<Long> keys = new HashSet<>(acknowledged.keySet());
    keys.addAll(possible.keySet());
    return keys;
  }
}

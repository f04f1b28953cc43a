package dev.sagitta.query.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The deletes of a vchannel in the order they were applied, from the oldest that is not in the
 * catalog or that a running load may miss. Positions only grow. Not safe for concurrent use.
 */
final class DeleteLog {
  private final List<AppliedDelete> entries = new ArrayList<>();
  private final TreeMap<Long, Integer> loadsByStart = new TreeMap<>();
  private long firstPosition;
  private long flushedPosition;

  void add(AppliedDelete delete) {
    entries.add(delete);
  }

  /** Position behind the last delete. */
  long end() {
    return firstPosition + entries.size();
  }

  /** Position behind the last delete that is in the catalog. */
  long flushedPosition() {
    return flushedPosition;
  }

  /** The deletes from one position up to another. */
  List<AppliedDelete> range(long from, long to) {
    return List.copyOf(entries.subList((int) (from - firstPosition), (int) (to - firstPosition)));
  }

  /** Keeps deletes from the flushed position on, whatever is flushed, until the load ends. */
  long beginLoad() {
    loadsByStart.merge(flushedPosition, 1, Integer::sum);
    return flushedPosition;
  }

  void endLoad(long start) {
    loadsByStart.computeIfPresent(start, (_, count) -> count == 1 ? null : count - 1);
    forget();
  }

  /** Deletes before the position are in the catalog. */
  void flushed(long position) {
    flushedPosition = Math.max(flushedPosition, position);
    forget();
  }

  private void forget() {
    long keepFrom =
        loadsByStart.isEmpty()
            ? flushedPosition
            : Math.min(flushedPosition, loadsByStart.firstKey());
    if (keepFrom > firstPosition) {
      entries.subList(0, (int) (keepFrom - firstPosition)).clear();
      firstPosition = keepFrom;
    }
  }
}

package dev.sagitta.query.segment;

import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.log.LogRecord;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keys deleted lately, with their timestamps. Requests take their timestamp before they reach the
 * log, so of two that run at the same time the younger may be applied first: a row that comes
 * behind a younger delete or upsert of its key is hidden at once. Bounded by age, far above any
 * request's life, and by number. Not safe for concurrent use.
 */
final class RecentDeletes {
  private static final long MAXIMUM_AGE_NANOS = Duration.ofSeconds(60).toNanos();
  private static final int MAXIMUM_KEYS = 200_000;

  private final Map<Object, Stamp> stamps = new LinkedHashMap<>();

  /** Receives a row's key and the timestamp of the younger delete. */
  interface HiddenRow {
    void hidden(PrimaryKeys key, long timestamp);
  }

  boolean isEmpty() {
    return stamps.isEmpty();
  }

  void add(AppliedDelete delete) {
    long now = System.nanoTime();
    switch (delete.keys()) {
      case PrimaryKeys.LongKeys keys -> {
        for (long key : keys.values()) {
          add(key, delete, now);
        }
      }
      case PrimaryKeys.StringKeys keys -> {
        for (String key : keys.values()) {
          add(key, delete, now);
        }
      }
    }
    expire(now);
  }

  /** Finds the keys of new rows that were deleted at a larger timestamp. */
  void findHidden(PrimaryKeys rowKeys, long partitionId, long rowTimestamp, HiddenRow receiver) {
    switch (rowKeys) {
      case PrimaryKeys.LongKeys keys -> {
        for (long key : keys.values()) {
          Stamp stamp = stamps.get(key);
          if (stamp != null && stamp.hides(partitionId, rowTimestamp)) {
            receiver.hidden(new PrimaryKeys.LongKeys(new long[] {key}), stamp.timestamp);
          }
        }
      }
      case PrimaryKeys.StringKeys keys -> {
        for (String key : keys.values()) {
          Stamp stamp = stamps.get(key);
          if (stamp != null && stamp.hides(partitionId, rowTimestamp)) {
            receiver.hidden(new PrimaryKeys.StringKeys(new String[] {key}), stamp.timestamp);
          }
        }
      }
    }
  }

  private void add(Object key, AppliedDelete delete, long now) {
    Stamp before = stamps.get(key);
    if (before == null || before.timestamp < delete.timestamp()) {
      Stamp _ = stamps.remove(key);
      stamps.put(key, new Stamp(delete.partitionId(), delete.timestamp(), now));
    }
  }

  private void expire(long now) {
    Iterator<Stamp> oldest = stamps.values().iterator();
    while (oldest.hasNext()) {
      boolean tooOld = now - oldest.next().addedNanos > MAXIMUM_AGE_NANOS;
      if (!tooOld && stamps.size() <= MAXIMUM_KEYS) {
        return;
      }
      oldest.remove();
    }
  }

  private record Stamp(long partitionId, long timestamp, long addedNanos) {
    boolean hides(long rowPartitionId, long rowTimestamp) {
      return timestamp > rowTimestamp
          && (partitionId == LogRecord.ALL_PARTITIONS || partitionId == rowPartitionId);
    }
  }
}

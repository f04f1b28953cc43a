package dev.sagitta.worker.data;

import dev.sagitta.connector.wal.WalRecord;
import dev.sagitta.engine.log.LogHeader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Records of one vchannel that are not yet acknowledged, in delivery order: applied ones, and those
 * between them that had nothing to apply. Not safe for concurrent use.
 */
final class OutstandingRecords {
  private final Deque<Entry> entries = new ArrayDeque<>();
  private int appliedCount;
  private long bytes;

  /** Adds a record whose content was applied and must be flushed before it is acknowledged. */
  void addApplied(WalRecord walRecord, LogHeader header) {
    add(new Entry(walRecord, Optional.of(header), true));
    appliedCount++;
  }

  /** Adds a record of which nothing is left to do; it only waits for those before it. */
  void addDone(WalRecord walRecord, Optional<LogHeader> header) {
    add(new Entry(walRecord, header, false));
  }

  private void add(Entry entry) {
    entries.addLast(entry);
    bytes += entry.walRecord.size();
    // From here on the record is only acknowledged: thousands may wait for that.
    entry.walRecord.releaseBody();
  }

  int size() {
    return entries.size();
  }

  /** Bytes of the records' bodies. */
  long bytes() {
    return bytes;
  }

  boolean hasApplied() {
    return appliedCount > 0;
  }

  /** All records there are now: what a flush that begins now covers. */
  Prefix all() {
    List<WalRecord> records = new ArrayList<>(entries.size());
    Map<String, Long> checkpoint = new HashMap<>();
    for (Entry entry : entries) {
      records.add(entry.walRecord);
      entry.header.ifPresent(
          header -> checkpoint.merge(header.producer(), header.sequence(), Math::max));
    }
    return new Prefix(records, checkpoint);
  }

  /** Forgets the prefix, which was acknowledged. */
  void remove(Prefix prefix) {
    for (int i = 0; i < prefix.records.size(); i++) {
      Entry entry = entries.removeFirst();
      bytes -= entry.walRecord.size();
      if (entry.applied) {
        appliedCount--;
      }
    }
  }

  private record Entry(WalRecord walRecord, Optional<LogHeader> header, boolean applied) {}

  /**
   * A prefix of the unacknowledged records.
   *
   * @param checkpoint the largest sequence of each producer in it, those of records that were
   *     already flushed included: they are not acknowledged yet and may come again
   */
  record Prefix(List<WalRecord> records, Map<String, Long> checkpoint) {}
}

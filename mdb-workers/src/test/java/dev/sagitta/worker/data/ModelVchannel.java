package dev.sagitta.worker.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** What one vchannel must hold: all acknowledged writes, by the rules of timestamps. */
final class ModelVchannel {
  private final Map<Long, List<Row>> rows = new HashMap<>();
  private final List<Long> usedKeys = new ArrayList<>();
  private long nextKey;

  /**
   * @param knownFields how many fields the writer of the row knew
   */
  record Row(long key, long number, long partitionId, long timestamp, int knownFields) {}

  ModelVchannel(long firstKey) {
    this.nextKey = firstKey;
  }

  long newKey() {
    usedKeys.add(nextKey);
    return nextKey++;
  }

  long anyKey(Random random) {
    return usedKeys.isEmpty() || random.nextInt(10) == 0
        ? newKey()
        : usedKeys.get(random.nextInt(usedKeys.size()));
  }

  void insert(Row row) {
    rows.computeIfAbsent(row.key, _ -> new ArrayList<>()).add(row);
  }

  void delete(long key, long partitionId, long timestamp) {
    List<Row> found = rows.get(key);
    if (found != null) {
      found.removeIf(
          row -> row.timestamp < timestamp && (partitionId < 0 || row.partitionId == partitionId));
    }
  }

  void dropPartition(long partitionId) {
    rows.values().forEach(list -> list.removeIf(row -> row.partitionId == partitionId));
  }

  void clear() {
    rows.clear();
  }

  /** Row by key; the workload keeps at most one visible row a key. */
  Map<Long, Row> visible() {
    Map<Long, Row> visible = new TreeMap<>();
    rows.forEach(
        (key, list) -> {
          if (list.size() > 1) {
            throw new IllegalStateException("the workload wrote a key twice: " + list);
          }
          list.forEach(row -> visible.put(key, row));
        });
    return visible;
  }
}

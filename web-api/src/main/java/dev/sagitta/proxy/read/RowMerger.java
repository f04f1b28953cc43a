package dev.sagitta.proxy.read;

import dev.sagitta.engine.column.Column;
import dev.sagitta.engine.column.ColumnBatch;
import dev.sagitta.engine.column.ColumnBatches;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.proxy.KeyLists;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Merges rows that come in the order of their keys from several nodes. */
final class RowMerger {
  private RowMerger() {}

  /**
   * The rows {@code offset} to {@code offset + limit - 1} in the order of all keys.
   *
   * @param batches one a node, at least one
   * @param fieldIds columns of the result
   */
  static ColumnBatch merge(
      List<ColumnBatch> batches, long keyFieldId, int offset, int limit, List<Long> fieldIds) {
    int rowCount = batches.stream().mapToInt(ColumnBatch::rowCount).sum();
    if (batches.size() == 1 && offset == 0 && rowCount <= limit) {
      return project(batches.getFirst(), fieldIds);
    }
    int from = Math.min(offset, rowCount);
    int to = (int) Math.min((long) offset + limit, rowCount);
    int[] order =
        batches.size() == 1
            ? IntStream.range(0, rowCount).toArray()
            : orderByKey(batches, keyFieldId, to);
    return ColumnBatches.select(
        ColumnBatches.concat(batches), fieldIds, Arrays.copyOfRange(order, from, to));
  }

  private static ColumnBatch project(ColumnBatch batch, List<Long> fieldIds) {
    Map<Long, Column> columns = new LinkedHashMap<>();
    fieldIds.forEach(fieldId -> columns.put(fieldId, batch.column(fieldId)));
    return new ColumnBatch(batch.rowCount(), columns);
  }

  /** The first {@code count} rows by key, as row numbers of the concatenated batches. */
  private static int[] orderByKey(List<ColumnBatch> batches, long keyFieldId, int count) {
    PrimaryKeys[] keys = new PrimaryKeys[batches.size()];
    int[] next = new int[batches.size()];
    int[] firstRow = new int[batches.size()];
    int rows = 0;
    for (int i = 0; i < keys.length; i++) {
      keys[i] = ColumnBatches.primaryKeys(batches.get(i).column(keyFieldId));
      firstRow[i] = rows;
      rows += batches.get(i).rowCount();
    }
    int[] order = new int[count];
    for (int row = 0; row < count; row++) {
      int smallest = -1;
      for (int i = 0; i < keys.length; i++) {
        if (next[i] < keys[i].size()
            && (smallest < 0
                || KeyLists.compare(keys[i], next[i], keys[smallest], next[smallest]) < 0)) {
          smallest = i;
        }
      }
      order[row] = firstRow[smallest] + next[smallest]++;
    }
    return order;
  }
}

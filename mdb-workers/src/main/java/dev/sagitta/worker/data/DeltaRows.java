package dev.sagitta.worker.data;

import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.query.segment.AppliedDelete;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What one delta file will hold: keys, and the timestamp below which each hides rows. */
final class DeltaRows {
  private final List<AppliedDelete> deletes = new ArrayList<>();
  private int size;

  void add(AppliedDelete delete) {
    deletes.add(delete);
    size += delete.keys().size();
  }

  /** The keys of all deletes, one after the other. */
  PrimaryKeys keys() {
    if (deletes.getFirst().keys() instanceof PrimaryKeys.LongKeys) {
      long[] values = new long[size];
      int position = 0;
      for (AppliedDelete delete : deletes) {
        long[] keys = ((PrimaryKeys.LongKeys) delete.keys()).values();
        System.arraycopy(keys, 0, values, position, keys.length);
        position += keys.length;
      }
      return new PrimaryKeys.LongKeys(values);
    }
    String[] values = new String[size];
    int position = 0;
    for (AppliedDelete delete : deletes) {
      String[] keys = ((PrimaryKeys.StringKeys) delete.keys()).values();
      System.arraycopy(keys, 0, values, position, keys.length);
      position += keys.length;
    }
    return new PrimaryKeys.StringKeys(values);
  }

  /** One timestamp for each key. */
  long[] timestamps() {
    long[] timestamps = new long[size];
    int position = 0;
    for (AppliedDelete delete : deletes) {
      int end = position + delete.keys().size();
      Arrays.fill(timestamps, position, end, delete.timestamp());
      position = end;
    }
    return timestamps;
  }
}

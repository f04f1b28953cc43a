package dev.sagitta.proxy.write;

import static java.util.Objects.requireNonNull;

import dev.sagitta.coordinator.time.TimestampOracle;
import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.schema.DataType;
import dev.sagitta.engine.time.Deadline;

/** Makes primary keys out of timestamps, which are unique in the whole cluster. */
final class KeyGenerator {
  private static final int MAXIMUM_BATCH = 1 << 16;

  private final TimestampOracle timestamps;

  KeyGenerator(TimestampOracle timestamps) {
    this.timestamps = requireNonNull(timestamps, "timestamps is null");
  }

  /** New keys of the type; texts are decimal numbers. */
  PrimaryKeys generate(DataType type, int count, Deadline deadline) {
    long[] keys = new long[count];
    for (int from = 0; from < count; from += MAXIMUM_BATCH) {
      int batch = Math.min(MAXIMUM_BATCH, count - from);
      long first = timestamps.allocate(batch, deadline);
      for (int i = 0; i < batch; i++) {
        keys[from + i] = first + i;
      }
    }
    if (type == DataType.INT64) {
      return new PrimaryKeys.LongKeys(keys);
    }
    String[] texts = new String[count];
    for (int i = 0; i < count; i++) {
      texts[i] = Long.toString(keys[i]);
    }
    return new PrimaryKeys.StringKeys(texts);
  }
}

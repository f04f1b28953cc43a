package dev.sagitta.query.segment;

import static java.util.Objects.requireNonNull;

import dev.sagitta.engine.column.PrimaryKeys;
import dev.sagitta.engine.log.LogRecord;

/**
 * Keys deleted at a timestamp.
 *
 * @param partitionId partition whose rows are hidden, or {@link LogRecord#ALL_PARTITIONS}
 */
public record AppliedDelete(long partitionId, PrimaryKeys keys, long timestamp) {
  public AppliedDelete {
    requireNonNull(keys, "keys is null");
  }

  public boolean concerns(long segmentPartitionId) {
    return partitionId == LogRecord.ALL_PARTITIONS || partitionId == segmentPartitionId;
  }
}
